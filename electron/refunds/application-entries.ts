/**
 * Entry kinds from the candidate list to the decision 应退名单、申请、受理、审核、核准 and its side exits, with what each writes. No decision is
 * taken here: the services have taken it, the fold repeats it.
 */
import { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import { yuanText } from '../../shared/kernel/money.ts';
import { civilDateSchema, fenNotNegative, periodSchema } from '../../shared/kernel/schema.ts';
import { suspensionGrounds, terminationGrounds } from '../../shared/refunds/lifecycle.ts';
import { accountSchema, applicationNoSchema, refundKeySchema, routes, sizes, type LineAmounts } from '../../shared/refunds/model.ts';
import { blobRefSchema, defineEntry } from '../journal/index.ts';
import type { SqlValue } from '../platform/database.ts';
import { actEntry, plainLine, requireRefund } from './act-entry.ts';
import { determinedDetails, insertRefund, moveRefund, type RefundColumn } from './refunds.sql.ts';
import type { PayeeAccount } from './voucher.ts';
import { useNumber, voidUnsentVoucher } from './vouchers.sql.ts';

type Columns = Readonly<Partial<Record<RefundColumn, SqlValue>>>;

/** One line of a refreshed candidate list. `open`, `refresh` and `reopen` carry the newest determination. */
export const candidateLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['open', 'refresh', 'reopen']),
    refund: refundKeySchema,
    uscc: z.string(),
    name: z.string(),
    route: z.enum(routes),
    size: z.enum(sizes),
    determination: z.string(),
    existing: fenNotNegative,
    incremental: fenNotNegative,
    bank: z.string(),
    account: z.string(),
    accountName: z.string(),
    bankCode: z.string().nullable(),
  }),
  /** No longer refundable: a candidate leaves the list, a refund in hand falls to zero. */
  z.strictObject({ kind: z.literal('lapse'), refund: refundKeySchema }),
  z.strictObject({ kind: z.literal('fall'), refund: refundKeySchema }),
]);
export type CandidateLine = z.output<typeof candidateLine>;

export const lapseReason = '重新测算后不再可退';

export const candidatesOpened = defineEntry({
  kind: 'refunds.openCandidates',
  stream: 'business',
  version: 1,
  title: '列入应退名单',
  facts: z.strictObject({ period: periodSchema, on: civilDateSchema, count: z.number().int().min(1), lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    const { period } = entry.facts;
    for (const value of lines(entry.facts.lines)) {
      const line = z.decode(candidateLine, value as z.input<typeof candidateLine>);
      if (line.kind === 'open') {
        insertRefund(db, entry, { ...line, period });
        continue;
      }
      const before = requireRefund(db, line.refund);
      if (line.kind === 'lapse') {
        moveRefund(db, entry, 'lapse', before, lapseReason, { set: { ...determinedColumns(nothing), lapsed: 1n }, details: {} });
      } else if (line.kind === 'fall') {
        moveRefund(db, entry, 'refresh', before, null, { set: determinedColumns(nothing), details: determinedDetails(nothing) });
      } else {
        const { name, route, size, determination } = line;
        // The account is the clerk's once an application stands; until then the roster's newest serves.
        const account = before.applicationNo === null ? accountColumns(line) : {};
        const set = { ...determinedColumns(line), ...account, name, route, size, determination, lapsed: 0n };
        moveRefund(db, entry, line.kind, before, line.kind === 'reopen' ? '重新测算后可退' : null, { set, details: determinedDetails(line) });
      }
    }
  },
});

export const informed = actEntry({
  act: 'inform',
  line: z.strictObject({ refund: refundKeySchema, channel: z.string() }),
  write: ({ line }) => ({ set: {}, details: { 告知方式: line.channel } }),
});

const applicationTerms = { refund: refundKeySchema, existing: fenNotNegative, incremental: fenNotNegative, account: accountSchema };

export const applied = actEntry({
  act: 'apply',
  line: z.strictObject({ ...applicationTerms, applicationNo: applicationNoSchema }),
  write: ({ db, entry, line }) => {
    useNumber(db, line.applicationNo);
    return {
      set: { application_no: line.applicationNo, applied_on: entry.facts.on, ...askedColumns(line), ...accountColumns(line.account) },
      details: { 申请编号: line.applicationNo, 申请日期: entry.facts.on, ...askedDetails(line), 收款账号: line.account.account },
    };
  },
});

export const resubmitted = actEntry({
  act: 'resubmit',
  line: z.strictObject(applicationTerms),
  write: ({ line }) => ({
    set: { ...askedColumns(line), ...accountColumns(line.account) },
    details: { ...askedDetails(line), 收款账号: line.account.account },
  }),
});

export const accepted = actEntry({
  act: 'accept',
  line: z.strictObject({ refund: refundKeySchema, dueOn: civilDateSchema.nullable() }),
  write: ({ entry, before, line }) => ({
    set: {
      accepted_on: entry.facts.on,
      first_accepted_on: before.firstAcceptedOn ?? entry.facts.on,
      clock: line.dueOn === null ? 'waiting-export' : 'running',
      due_on: line.dueOn,
    },
    details: { 受理日期: entry.facts.on, 办理期限: line.dueOn ?? '自免抵退核准之日起算' },
  }),
});

export const exportApproved = actEntry({
  act: 'startClock',
  line: z.strictObject({ refund: refundKeySchema, dueOn: civilDateSchema }),
  write: ({ entry, line }) => ({ set: { clock: 'running', due_on: line.dueOn }, details: { 免抵退核准日期: entry.facts.on, 办理期限: line.dueOn } }),
});

export const reviewed = actEntry({
  act: 'review',
  line: z.strictObject({ refund: refundKeySchema, opinion: z.string() }),
  write: ({ line }) => ({ set: {}, details: line.opinion === '' ? {} : { 审核意见: line.opinion } }),
});

export const approved = actEntry({
  act: 'approve',
  line: z.strictObject({ refund: refundKeySchema, existing: fenNotNegative, incremental: fenNotNegative }),
  write: ({ entry, line }) => ({
    set: { ...approvedColumns(line), decided_on: entry.facts.on, clock: 'done', due_on: null },
    details: { 核准存量: yuanText(line.existing), 核准增量: yuanText(line.incremental) },
  }),
});

export const returnedForCorrection = actEntry({
  act: 'returnForCorrection',
  line: plainLine,
  write: () => ({
    set: { ...approvedColumns(nothing), accepted_on: null, decided_on: null, clock: 'none', due_on: null, batch_no: null, sent_on: null, noticed_on: null },
    details: {},
  }),
});

export const suspended = actEntry({
  act: 'suspend',
  line: z.strictObject({ refund: refundKeySchema, ground: z.enum(groundsOf(suspensionGrounds)) }),
  write: ({ before, line }) => ({
    set: { ground: line.ground, ...(before.clock === 'running' ? { clock: 'stopped', due_on: null } : {}) },
    details: { 暂停情形: suspensionGrounds[line.ground] },
  }),
});

export const resumed = actEntry({
  act: 'resume',
  line: z.strictObject({ refund: refundKeySchema, dueOn: civilDateSchema.nullable() }),
  write: ({ line }) => ({
    set: { ground: null, ...(line.dueOn === null ? {} : { clock: 'running', due_on: line.dueOn }) },
    details: line.dueOn === null ? {} : { 办理期限: line.dueOn },
  }),
});

export const terminated = actEntry({
  act: 'terminate',
  line: z.strictObject({ refund: refundKeySchema, ground: z.enum(groundsOf(terminationGrounds)) }),
  write: ({ db, entry, line }) => {
    voidUnsentVoucher(db, line.refund);
    return {
      set: { ...decisionColumns(entry.facts.on), ...approvedColumns(nothing), ground: line.ground, batch_no: null, sent_on: null, noticed_on: null },
      details: { 终止情形: terminationGrounds[line.ground] },
    };
  },
});

export const refused = actEntry({
  act: 'refuse',
  line: plainLine,
  write: ({ entry }) => ({ set: decisionColumns(entry.facts.on), details: {} }),
});

export const withdrawn = actEntry({
  act: 'withdraw',
  line: plainLine,
  write: () => ({ set: { ...approvedColumns(nothing), clock: 'none', due_on: null }, details: {} }),
});

export const reopened = actEntry({
  act: 'reopen',
  line: plainLine,
  write: ({ before }) => {
    assert(before.paid.existing + before.paid.incremental === 0n, 'a paid refund is not opened again');
    return {
      set: {
        ...askedColumns(nothing), ...approvedColumns(nothing), application_no: null, applied_on: null, accepted_on: null, first_accepted_on: null,
        decided_on: null, clock: 'none', due_on: null, ground: null, lapsed: 0n,
      },
      details: before.applicationNo === null ? {} : { 原申请编号: before.applicationNo },
    };
  },
});

export const applicationEntries = [
  candidatesOpened,
  ...[informed, applied, resubmitted, accepted, exportApproved, reviewed, approved, returnedForCorrection, suspended, resumed, terminated, refused, withdrawn, reopened].map(
    (row) => row.kind,
  ),
];

const nothing: LineAmounts = { existing: 0n, incremental: 0n };

function determinedColumns(amounts: LineAmounts): Columns {
  return { determined_existing_fen: amounts.existing, determined_incremental_fen: amounts.incremental };
}

function askedColumns(amounts: LineAmounts): Columns {
  return { asked_existing_fen: amounts.existing, asked_incremental_fen: amounts.incremental };
}

function approvedColumns(amounts: LineAmounts): Columns {
  return { approved_existing_fen: amounts.existing, approved_incremental_fen: amounts.incremental };
}

function decisionColumns(on: string): Columns {
  return { decided_on: on, clock: 'done', due_on: null };
}

export function accountColumns(account: PayeeAccount): Columns {
  return { bank: account.bank, bank_account: account.account, account_name: account.accountName, bank_code: account.bankCode };
}

function askedDetails(amounts: LineAmounts): Record<string, string> {
  return { 申请存量: yuanText(amounts.existing), 申请增量: yuanText(amounts.incremental) };
}

function groundsOf<K extends string>(table: Readonly<Record<K, string>>): [K, ...K[]] {
  const keys = Object.keys(table) as K[]; // the keys of a closed table
  const [first, ...rest] = keys;
  assert(first !== undefined, 'a table of grounds has rows');
  return [first, ...rest];
}
