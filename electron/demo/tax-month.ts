/**
 * One filing month of the tax office in the demo: roster, determinations, applications, review, vouchers. It takes refunds singly and in
 * bulk, and walks some of them through the side exits, as a real month would.
 */
import { fenOfYuan, sumFen, type Fen } from '../../shared/kernel/money.ts';
import type { OperationInput, OperationOutput } from '../../shared/contract.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RefundState } from '../../shared/refunds/cases.ts';
import { DemoRefusal, type Stage } from './stage.ts';

export type Refused = { readonly case: string; readonly name: string; readonly code: string; readonly message: string };
export type Tally = { readonly count: number; readonly total: Fen };

type RefundActName = 'refunds.inform' | 'refunds.apply' | 'refunds.accept' | 'refunds.review' | 'refunds.approve' | 'refunds.issueVouchers' | 'refunds.checkVouchers' | 'refunds.crossOff';

/** Everything of a state and filing period, window by window. */
export async function refundsIn(stage: Stage, state: RefundState, period: TaxPeriod): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const page = await stage.call('tax', 'handler', 'refunds.list', { states: [state], period, offset: found.length, limit: 1000 });
    found.push(...page.rows.map((row) => row.refund));
    if (page.rows.length === 0 || found.length >= page.totals.count) return found;
  }
}

/**
 * A bulk act; refunds that it refuses are left out and the rest is done. The first refund of the month goes alone, so that both ways are used.
 */
export async function actOnAll(stage: Stage, name: RefundActName, duty: Duty, refunds: readonly string[]): Promise<Tally & { readonly refused: readonly Refused[] }> {
  const [first, ...others] = refunds;
  const refused: Refused[] = [];
  let count = 0;
  let total = 0n;
  for (const group of [first === undefined ? [] : [first], others]) {
    const acted = await actWithout(stage, name, duty, group, refused);
    if (acted === null) continue;
    count += acted.count;
    total += fenOfYuan(acted.total);
  }
  return { count, total, refused };
}

async function actWithout(stage: Stage, name: RefundActName, duty: Duty, group: readonly string[], refused: Refused[]): Promise<OperationOutput<RefundActName> | null> {
  if (group.length === 0) return null;
  try {
    return await stage.call('tax', duty, name, { refunds: [...group] });
  } catch (error) {
    if (!(error instanceof DemoRefusal)) throw error;
    const left = refusedOf(error, group);
    refused.push(...left);
    const out = new Set(left.map((item) => item.case));
    return actWithout(stage, name, duty, group.filter((refund) => !out.has(refund)), refused);
  }
}

function refusedOf(error: DemoRefusal, group: readonly string[]): readonly Refused[] {
  const { details } = error;
  if (error.code === 'BULK_REFUSED' && typeof details === 'object' && details !== null && 'refused' in details) return details.refused as Refused[]; // BULK_REFUSED always lists them
  const [only] = group;
  if (group.length !== 1 || only === undefined) throw error;
  return [{ case: only, name: '', code: error.code, message: error.message }];
}

/** Every n-th of a list, counted from the n-th. */
export function everyNth<T>(items: readonly T[], n: number): T[] {
  return items.filter((_item, index) => index % n === n - 1);
}

export type RosterStep = {
  readonly imported: OperationOutput<'roster.import'>;
  readonly rejected: number;
  readonly assessed: OperationOutput<'eligibility.assess'>;
  readonly candidates: number;
};

/** Import (refused once when rows are faulty, then the good rows), determinations, candidates. */
export async function openMonth(stage: Stage, period: TaxPeriod, file: string): Promise<RosterStep> {
  const imported = await stage.phase('名册导入', () => importRoster(stage, { file, period }));
  const assessed = await stage.phase('资格测算', () => stage.call('tax', 'handler', 'eligibility.assess', { period }));
  const opened = await stage.phase('退税办理', () => stage.call('tax', 'handler', 'refunds.openCandidates', { period }));
  return { imported, rejected: imported.rejected, assessed, candidates: opened.opened };
}

async function importRoster(stage: Stage, input: OperationInput<'roster.import'>): Promise<OperationOutput<'roster.import'>> {
  try {
    return await stage.call('tax', 'handler', 'roster.import', input);
  } catch (error) {
    if (!(error instanceof DemoRefusal) || error.code !== 'ROSTER_ROWS_FAULTY') throw error;
    return stage.call('tax', 'handler', 'roster.import', { ...input, acceptValid: true });
  }
}

export type DeskStep = {
  readonly informed: number;
  readonly applied: Tally;
  readonly notApplied: readonly Refused[];
  readonly suspended: number;
  readonly resubmitted: number;
  readonly withdrawn: number;
  readonly approved: Tally;
};

/** From candidate to approved, with the side exits of the desk. */
export async function runDesk(stage: Stage, period: TaxPeriod, days: { readonly accept: () => void; readonly review: () => void; readonly approve: () => void }): Promise<DeskStep> {
  const informed = await actOnAll(stage, 'refunds.inform', 'handler', await refundsIn(stage, 'candidate', period));
  const applied = await actOnAll(stage, 'refunds.apply', 'handler', await refundsIn(stage, 'informed', period));
  days.accept();
  const waiting = await refundsIn(stage, 'applied', period);
  const withdrawn = everyNth(waiting, 151);
  const toCorrect = everyNth(waiting, 131).filter((refund) => !withdrawn.includes(refund));
  if (withdrawn.length > 0) await stage.call('tax', 'handler', 'refunds.withdraw', { refunds: withdrawn, reason: '纳税人选择结转下期抵扣' });
  if (toCorrect.length > 0) {
    await stage.call('tax', 'reviewer', 'refunds.returnForCorrection', { refunds: toCorrect, reason: '申请表缺少经办人签字' });
    await stage.call('tax', 'handler', 'refunds.resubmit', { refunds: toCorrect });
  }
  await actOnAll(stage, 'refunds.accept', 'handler', await refundsIn(stage, 'applied', period));
  const doubtful = everyNth(await refundsIn(stage, 'accepted', period), 97);
  if (doubtful.length > 0) await stage.call('tax', 'reviewer', 'refunds.suspend', { refunds: doubtful, ground: 'risk-doubt', reason: '进项构成需进一步核实' });
  days.review();
  if (doubtful.length > 0) await stage.call('tax', 'reviewer', 'refunds.resume', { refunds: doubtful, reason: '核实完毕，疑点排除' });
  await actOnAll(stage, 'refunds.review', 'reviewer', await refundsIn(stage, 'accepted', period));
  days.approve();
  const approved = await actOnAll(stage, 'refunds.approve', 'approver', await refundsIn(stage, 'reviewed', period));
  return {
    informed: informed.count,
    applied: { count: applied.count, total: applied.total },
    notApplied: applied.refused,
    suspended: doubtful.length,
    resubmitted: toCorrect.length,
    withdrawn: withdrawn.length,
    approved,
  };
}

/** Vouchers for everything approved or corrected, checked by another person, sealed into one batch. @returns null when there is nothing */
export async function makeBatch(stage: Stage, period: TaxPeriod): Promise<OperationOutput<'refunds.formBatch'>['batch']> {
  const ready = [...(await refundsIn(stage, 'approved', period)), ...(await refundsIn(stage, 'corrected', period))];
  await actOnAll(stage, 'refunds.issueVouchers', 'issuer', ready);
  await actOnAll(stage, 'refunds.checkVouchers', 'reviewer', await refundsIn(stage, 'vouchered', period));
  const checked = await refundsIn(stage, 'voucher-checked', period);
  if (checked.length === 0) return null;
  return (await stage.call('tax', 'issuer', 'refunds.formBatch', { refunds: checked })).batch;
}

/** Sum of amounts given as yuan text. */
export function sumYuan(amounts: Iterable<string>): Fen {
  return sumFen([...amounts].map((text) => fenOfYuan(text)));
}

