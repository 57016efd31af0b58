/**
 * What must hold inside one document 一致性: between its manifest, its head row and its rows. Each kind lists its own in one closed table, each with the
 * code of its refusal; FORMAT.md 6.1 names the same. Pure and total over everything the schemas let through: the ledger is asked by the kind's judgement.
 * @source shared spec exchange.md 2.2, 2.4 S10; reviews/faults.md C1, C2
 */
import type { ExchangeErrorCode } from '../../shared/exchange/errors.ts';
import type { FaultRow } from '../../shared/exchange/kinds/receipt.ts';
import { packageKinds, sections, type SectionName } from '../../shared/exchange/kinds.ts';
import { parsePeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { packageLimits } from './package-schema.ts';
import type { DocumentJudgement, ReceivedDocument } from './kind.ts';

/** Where it does not hold; line 0 is the manifest or the section as a whole. */
export type Disagreement = { readonly section: SectionName; readonly line: number; readonly field: string; readonly says: string };

export type Agreement = {
  /** As FORMAT.md 6.1 has it. */
  readonly name: string;
  readonly code: ExchangeErrorCode;
  readonly disagreements: (document: ReceivedDocument) => readonly Disagreement[];
};

/** The first agreement that does not hold names the refusal; the places of all of them follow as faults. */
export function judgeAgreements(agreements: readonly Agreement[], document: ReceivedDocument): DocumentJudgement | null {
  const faults: FaultRow[] = [];
  let total = 0;
  let first: { readonly code: ExchangeErrorCode; readonly at: Disagreement } | null = null;
  for (const { code, disagreements } of agreements) {
    for (const at of disagreements(document)) {
      const { section, line, field, says } = at;
      first ??= { code, at };
      total += 1;
      if (faults.length < packageLimits.faultsKept) faults.push({ section, line, field, code, message: says, seen: '' });
    }
  }
  if (first === null) return null;
  const { at, code } = first;
  const params = { kind: packageKinds[document.kind].title, section: sections[at.section].title, line: at.line, field: at.field, reason: at.says };
  return { kind: 'faults', code, params, faults, faultsTotal: total };
}

/** Disagreements of the manifest, which stands before the first section of the kind. */
function ofManifest(section: SectionName, field: string, says: string | null): readonly Disagreement[] {
  return says === null ? [] : [{ section, line: 0, field, says }];
}

/** The kind's month is written. */
export function monthGiven(section: SectionName): Agreement {
  return { name: 'month-given', code: 'PERIOD_DIFFERS', disagreements: ({ period }) => ofManifest(section, '月份', period === null ? '清单未写明月份' : null) };
}

/** The kind has no month. */
export function monthAbsent(section: SectionName): Agreement {
  return { name: 'month-absent', code: 'PERIOD_DIFFERS', disagreements: ({ period }) => ofManifest(section, '月份', period === null ? null : '该种类不分月份') };
}

/** The month that rows name is the manifest's. @param monthOf the month of a row, null where it names none */
export function monthOfRows<N extends SectionName>(section: N, field: string, monthOf: (row: RowsOf<N>) => string | null): Agreement {
  return {
    name: 'month-of-rows',
    code: 'PERIOD_DIFFERS',
    disagreements: ({ period, rows }) => rowsWhere(section, rows, (row) => {
      const month = monthOf(row);
      return month === null || month === period ? null : { field, says: `${month}，清单为 ${period ?? '空'}` };
    }),
  };
}

/** The document's own number is the one its rows give it, or that with `/2`, `/3` … behind it. */
export function documentName(section: SectionName, base: (document: ReceivedDocument) => string): Agreement {
  return {
    name: 'document-name',
    code: 'DOCUMENT_NAME_DIFFERS',
    disagreements: (document) => {
      const expected = `${document.kind}/${base(document)}`;
      const { docId } = document;
      const rest = docId.startsWith(expected) ? docId.slice(expected.length) : null;
      return ofManifest(section, '单据编号', rest !== null && /^(?:\/(?:[2-9]|[1-9][0-9]{1,8}))?$/.test(rest) ? null : `应为 ${expected}`);
    },
  };
}

/** Who reviewed and who approved, as the head says it; null where the kind has no such person. */
export function people(section: SectionName, of: (document: ReceivedDocument) => { readonly reviewedBy: string | null; readonly approvedBy: string | null }): Agreement {
  return {
    name: 'people',
    code: 'PEOPLE_DIFFER',
    disagreements: (document) => {
      const { reviewedBy, approvedBy } = of(document);
      return [
        ...ofManifest(section, '复核人', document.reviewedBy === reviewedBy ? null : `清单 ${said(document.reviewedBy)}，单据 ${said(reviewedBy)}`),
        ...ofManifest(section, '审批人', document.approvedBy === approvedBy ? null : `清单 ${said(document.approvedBy)}，单据 ${said(approvedBy)}`),
      ];
    },
  };
}

/** For kinds that name nobody. */
export function nobody(section: SectionName): Agreement {
  return people(section, () => ({ reviewedBy: null, approvedBy: null }));
}

/** For kinds whose rows no policy pack judged. */
export function noPolicyPack(section: SectionName): Agreement {
  return { name: 'policy-pack', code: 'POLICY_PACK_UNNAMED', disagreements: ({ policyPack }) => ofManifest(section, '政策包', policyPack === null ? null : '该种类不写政策包') };
}

/** A kind that is sent only with rows. */
export function notEmpty(section: SectionName): Agreement {
  return { name: 'not-empty', code: 'ROW_INVALID', disagreements: ({ rows }) => ofManifest(section, '行数', (rows[section]?.length ?? 0) > 0 ? null : '没有明细') };
}

/** A figure of a head, what it states and what the rows give. */
export type Figure = readonly [field: string, stated: string, counted: string];

/** Figures of a head against what its rows count, each under its label. */
export function headOfRows(section: SectionName, figures: (document: ReceivedDocument) => readonly Figure[], name = 'head-of-rows'): Agreement {
  return {
    name,
    code: 'HEAD_DIFFERS',
    disagreements: (document) => figures(document).flatMap(([field, stated, counted]) => (stated === counted ? [] : [{ section, line: 1, field, says: `表头 ${stated}，明细 ${counted}` }])),
  };
}

type Wrong = Pick<Disagreement, 'field' | 'says'>;
type RowsOf<N extends SectionName> = NonNullable<ReceivedDocument['rows'][N]>[number];

/** What is wrong with single rows. @param judge null where nothing is */
export function rowsWhere<N extends SectionName>(section: N, rows: ReceivedDocument['rows'], judge: (row: RowsOf<N>, index: number) => Wrong | null): Disagreement[] {
  const all: readonly RowsOf<N>[] = rows[section] ?? [];
  return all.flatMap((row, index) => {
    const wrong = judge(row, index);
    return wrong === null ? [] : [{ section, line: index + 1, ...wrong }];
  });
}

/** An agreement of single rows. */
export function eachRow<N extends SectionName>(name: string, section: N, judge: (row: RowsOf<N>, document: ReceivedDocument, index: number) => Wrong | null): Agreement {
  return { name, code: 'ROW_INVALID', disagreements: (document) => rowsWhere(section, document.rows, (row, index) => judge(row, document, index)) };
}

/** The month of a date. */
export function monthOf(date: string): TaxPeriod | null {
  return parsePeriod(date.slice(0, 7));
}

function said(name: string | null): string {
  return name === null || name === '' ? '空' : name;
}
