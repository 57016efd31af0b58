/**
 * One cell of the file into the value of its column. Each form has its own strict grammar; the only things that are mended are
 * thousands separators and full-width digits in amounts, outer blanks of codes and words, and lower case in tax codes, and each
 * mending is reported. Everything else is a fault of its cell.
 * @source shared spec roster.md; decisions.md 28; faults.md E01, E03, E06, E13
 */
import { assertNever } from '../../shared/kernel/assert.ts';
import { parseCivilDate } from '../../shared/kernel/civil-date.ts';
import { strangeCharacter } from '../../shared/kernel/look-alike.ts';
import { lostCharacter } from '../../shared/kernel/lost-character.ts';
import { parseYuan, type Fen } from '../../shared/kernel/money.ts';
import { parsePeriod } from '../../shared/kernel/tax-period.ts';
import { nameLongest, type ColumnForm, type Words } from '../../shared/roster/columns.ts';
import { industryCodeStands } from '../../shared/roster/industry-sections.ts';
import type { IndustrySales } from '../../shared/roster/model.ts';
import { digitsLost, judgeUscc } from '../../shared/roster/uscc.ts';
import { garbledCharacter, invisibleCharacter, isPlainText, namedCharacter, unshieldedText } from './cell-text.ts';
import type { RowFindings } from './row-findings.ts';

/** Longest cell that a grammar is tried on; longer ones are refused unread. */
const cellLongest = 4000;
const salesItemsMax = 200;
const seriesItemsMax = 6;

const countPattern = /^(?:0|[1-9][0-9]{0,3})$/;
const totalPattern = /^(?:合|总|小|共)\s*计/;
const groupedPattern = /^-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?$/;

/**
 * The value of a cell that is not blank.
 * @param text the cell as read
 * @returns the value, or undefined after recording the fault
 */
export function cellValue(form: ColumnForm, text: string, findings: RowFindings): unknown {
  if (text.length > cellLongest) {
    findings.fault('CELL_TOO_LONG', { length: text.length, limit: cellLongest });
    return undefined;
  }
  switch (form.kind) {
    case 'amount':
      return amountValue(text, form.mayBeNegative, findings);
    case 'words':
      return wordValue(form.words, trimmed(text, findings), findings);
    case 'count':
      return countValue(text, form.max, findings);
    case 'date':
      return parsedOr(parseCivilDate(trimmed(text, findings)), 'CELL_DATE_INVALID', findings);
    case 'month':
      return parsedOr(parsePeriod(trimmed(text, findings)), 'CELL_MONTH_INVALID', findings);
    case 'uscc':
      return usccValue(trimmed(text, findings), findings);
    case 'name':
      return nameValue(text, findings);
    case 'text':
      return textValue(trimmed(unshieldedText(text), findings), form.longest, findings);
    case 'number-text':
      return numberTextValue(trimmed(unshieldedText(text), findings), form, findings);
    case 'industry':
      return industryValue(trimmed(text, findings), findings);
    case 'industry-sales':
      return industrySalesValue(text, findings);
    case 'credit-series':
      return creditSeriesValue(text, findings);
    default:
      return assertNever(form);
  }
}

/** Fen of an amount cell; undefined after recording the fault. */
export function amountValue(text: string, mayBeNegative: boolean, findings: RowFindings): Fen | undefined {
  const read = readAmount(text);
  if (read === null) {
    findings.fault('CELL_AMOUNT_INVALID');
    return undefined;
  }
  if (read.fen < 0n && !mayBeNegative) {
    findings.fault('CELL_AMOUNT_NEGATIVE');
    return undefined;
  }
  if (read.mended !== null) findings.warn('WARN_AMOUNT_NORMALISED', { amount: read.mended });
  return read.fen;
}

/** `mended` is the plain writing when separators or full-width digits were taken out. */
function readAmount(text: string): { readonly fen: Fen; readonly mended: string | null } | null {
  const plain = parseYuan(text);
  if (plain !== null) return { fen: plain, mended: null };
  const half = halfWidthAmount(text);
  const mended = groupedPattern.test(half) ? half.replaceAll(',', '') : half;
  const fen = mended === text ? null : parseYuan(mended);
  return fen === null ? null : { fen, mended };
}

function halfWidthAmount(text: string): string {
  return text.replace(/[\uff10-\uff19\uff0c\uff0e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

function trimmed(text: string, findings: RowFindings): string {
  const inner = text.trim();
  if (inner.length !== text.length) findings.warn('WARN_BLANKS_REMOVED');
  return inner;
}

function wordValue(words: Words, text: string, findings: RowFindings): unknown {
  if (Object.hasOwn(words, text)) return words[text];
  findings.fault('CELL_NOT_A_CHOICE', { choices: Object.keys(words).join('、') });
  return undefined;
}

function countValue(text: string, max: number, findings: RowFindings): number | undefined {
  const count = countPattern.test(text) ? Number(text) : -1;
  if (count >= 0 && count <= max) return count;
  findings.fault('CELL_COUNT_INVALID', { min: 0, max });
  return undefined;
}

function parsedOr<T>(value: T | null, code: 'CELL_DATE_INVALID' | 'CELL_MONTH_INVALID', findings: RowFindings): T | undefined {
  if (value !== null) return value;
  findings.fault(code);
  return undefined;
}

function usccValue(text: string, findings: RowFindings): string | undefined {
  if (totalPattern.test(text)) {
    findings.fault('CELL_TOTAL_ROW');
    return undefined;
  }
  if (text.startsWith('示例')) {
    findings.fault('CELL_EXAMPLE_ROW');
    return undefined;
  }
  const verdict = judgeUscc(text);
  switch (verdict.kind) {
    case 'valid':
      if (verdict.upperCased) findings.warn('WARN_USCC_UPPER_CASED', { code: verdict.code });
      if (!verdict.organisationDigit) findings.warn('WARN_USCC_ORGANISATION');
      return verdict.code;
    case 'legacy':
      if (verdict.upperCased) findings.warn('WARN_USCC_UPPER_CASED', { code: verdict.code });
      findings.warn('WARN_USCC_LEGACY', { length: verdict.code.length });
      return verdict.code;
    case 'digits-lost':
      findings.fault('CELL_DIGITS_LOST');
      return undefined;
    case 'length':
      findings.fault('CELL_USCC_LENGTH', { length: verdict.length });
      return undefined;
    case 'character':
      findings.fault('CELL_USCC_CHARACTER', { character: verdict.character });
      return undefined;
    case 'check':
      findings.fault('CELL_USCC_CHECK', { expected: verdict.expected });
      return undefined;
    default:
      return assertNever(verdict);
  }
}

function nameValue(received: string, findings: RowFindings): string | undefined {
  if (received.length <= nameLongest && isPlainText(received)) return received;
  const text = unshieldedText(received);
  if (textValue(text, nameLongest, findings) === undefined) return undefined;
  if (text.trim().length !== text.length) findings.warn('WARN_BLANKS_KEPT');
  const lost = lostCharacter(text);
  if (lost !== null) findings.warn('WARN_CHARACTER_DOUBTFUL', { character: namedCharacter(lost) });
  const strange = strangeCharacter(text);
  if (strange !== null) findings.warn('WARN_CHARACTER_STRANGE', { character: namedCharacter(strange) });
  return text;
}

function textValue(text: string, longest: number, findings: RowFindings): string | undefined {
  if (text.length <= longest && isPlainText(text)) return text;
  const invisible = invisibleCharacter(text);
  const garbled = garbledCharacter(text);
  if (invisible !== null) findings.fault('CELL_CONTROL_CHARACTER', { character: invisible });
  if (garbled !== null) findings.fault('CELL_GARBLED', { character: garbled });
  if (text.length > longest) findings.fault('CELL_TOO_LONG', { length: text.length, limit: longest });
  return invisible === null && garbled === null && text.length <= longest ? text : undefined;
}

function numberTextValue(text: string, { longest, account }: Extract<ColumnForm, { kind: 'number-text' }>, findings: RowFindings): string | undefined {
  if (digitsLost(text)) {
    findings.fault('CELL_DIGITS_LOST');
    return undefined;
  }
  const odd = /[^0-9]/u.exec(text);
  if (odd !== null && account === true) findings.warn('WARN_ACCOUNT_CHARACTER', { character: namedCharacter(odd[0]) });
  return textValue(text, longest, findings);
}

function industryValue(text: string, findings: RowFindings): string | undefined {
  if (industryCodeStands(text, 4)) return text;
  findings.fault('CELL_INDUSTRY_INVALID');
  return undefined;
}

/** `C=800000;I65=50000`: each code once, amounts in yuan. */
function industrySalesValue(text: string, findings: RowFindings): readonly IndustrySales[] | undefined {
  const items = semicolonItems(text, findings);
  const sales: IndustrySales[] = [];
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const [code = '', amount = '', ...more] = item.split('=');
    const read = readAmount(amount);
    const reason =
      index >= salesItemsMax ? '项数过多' : more.length > 0 || !item.includes('=') ? '缺少或多出等号' : !industryCodeStands(code, 3) ? '行业代码不对' : seen.has(code) ? '代码重复' : read === null || read.fen < 0n ? '金额不对' : null;
    if (reason !== null || read === null) {
      findings.fault('CELL_SALES_INVALID', { position: index + 1, item: item.slice(0, 40), reason: reason ?? '' });
      return undefined;
    }
    if (read.mended !== null) findings.warn('WARN_AMOUNT_NORMALISED', { amount: read.mended });
    seen.add(code);
    sales.push({ code, salesFen: read.fen });
  }
  return sales;
}

/** `a;b;c;d;e;f`, oldest first. A quarterly filer has two, a young firm as many as it has filed. */
function creditSeriesValue(text: string, findings: RowFindings): readonly Fen[] | undefined {
  const items = semicolonItems(text, findings);
  const credits: Fen[] = [];
  for (const [index, item] of items.entries()) {
    const read = readAmount(item);
    const reason = index >= seriesItemsMax ? '多于六期' : read === null ? '金额不对' : read.fen < 0n ? '不能为负数' : null;
    if (reason !== null || read === null) {
      findings.fault('CELL_SERIES_INVALID', { position: index + 1, item: item.slice(0, 40), reason: reason ?? '' });
      return undefined;
    }
    if (read.mended !== null) findings.warn('WARN_AMOUNT_NORMALISED', { amount: read.mended });
    credits.push(read.fen);
  }
  return credits;
}

const fullWidthMarks = /[；＝]/;

/** Full-width `；` and `＝` come from Chinese input methods and cannot mean anything else. */
function semicolonItems(text: string, findings: RowFindings): readonly string[] {
  if (!fullWidthMarks.test(text)) return text.split(';');
  findings.warn('WARN_PUNCTUATION_NORMALISED');
  return text.replaceAll('；', ';').replaceAll('＝', '=').split(';');
}
