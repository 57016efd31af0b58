/** Random roster rows for property tests: every column of the closed table, blank or filled, with awkward but permitted texts. */
import fc from 'fast-check';
import { rosterColumns, type RosterColumn } from '../../shared/roster/columns.ts';
import { industrySections } from '../../shared/roster/industry-sections.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { testUscc } from './roster-rows.ts';

const fen = fc.oneof(fc.constantFrom(0n, 1n, 999_999_999_999_999n), fc.bigInt(0n, 10n ** 12n));
const day = fc.date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const section = fc.constantFrom(...industrySections);
const industry = section.chain(({ letter, divisions }) => fc.constantFrom(letter, `${letter}${String(divisions[0]).padStart(2, '0')}`, `${letter}${String(divisions[1]).padStart(2, '0')}3`));

/** Text that a person may have typed: quotes, commas, formula characters, rare characters; nothing invisible, no outer blanks. */
export const permittedText = fc
  .array(fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '甲', '𠮷', '（', 'a', '1', ' ', '.', '\\', '{', '葛\u{e0100}'), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''))
  .filter((text) => text === text.trim());

function valueOf(column: RosterColumn, number: number): fc.Arbitrary<unknown> {
  const { form } = column;
  switch (form.kind) {
    case 'uscc':
      return fc.constant(testUscc(number));
    case 'name':
      return fc.oneof(permittedText, permittedText.map((text) => ` ${text}\u3000`));
    case 'text':
    case 'number-text':
      return permittedText;
    case 'words':
      return fc.constantFrom(...Object.values(form.words));
    case 'amount':
      return fen;
    case 'count':
      return fc.nat(form.max);
    case 'date':
      return day;
    case 'month':
      return day.map((text) => text.slice(0, 7));
    case 'industry':
      return industry;
    case 'industry-sales':
      return fc.uniqueArray(fc.record({ code: industry, salesFen: fen }), { minLength: 1, maxLength: 4, selector: (item) => item.code });
    case 'credit-series':
      return fc.array(fen, { minLength: 1, maxLength: 6 });
  }
}

/** A row with the given number in code and place; consistent where the reader insists (newest credit = ending credit). */
export function arbitraryRow(number: number): fc.Arbitrary<RosterRow> {
  const fields = Object.fromEntries(
    rosterColumns.map((column) => [column.key, column.blank === 'refused' ? valueOf(column, number) : fc.oneof(fc.constant(column.blank.stands), valueOf(column, number))]),
  );
  const remarks = fc.dictionary(permittedText.map((text) => `注${text}`), fc.oneof(permittedText, fc.constant('一\n二\t三')), { maxKeys: 3 });
  return fc.record({ ...fields, remarks }).map((record) => {
    const row = { ...record, row: number + 1 } as unknown as RosterRow; // one arbitrary per column of the table
    const last = row.recentCredits?.at(-1);
    return last === undefined ? row : { ...row, endingCredit: last };
  });
}

/** A roster of up to `most` rows. */
export function arbitraryRoster(most: number): fc.Arbitrary<RosterRow[]> {
  return fc.nat(most - 1).chain((count) => fc.tuple(...Array.from({ length: count + 1 }, (_, index) => arbitraryRow(index + 1))));
}
