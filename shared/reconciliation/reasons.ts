/**
 * Reasons 差异原因: the closed table. The first row that fits is a difference's reason; every other row whose evidence fits too stands beside
 * it. There is
 * no row "unclassified": every difference lands in the table (property test).
 * @source shared spec reconciliation.md, Reasons
 */
import { assert } from '../kernel/assert.ts';
import type { Agency } from '../kernel/office.ts';
import {
  firstReceivedLater, laterLines, lastWord, received, returnsUnbooked, sentBy, settledLater, voidedSince, type Judging,
} from './evidence.ts';
import type { LineGroup } from './line.ts';
import { links, type LinkId } from './links.ts';
import type { Difference, DifferenceShape, DifferingField } from './matching.ts';

/** Who is asked for the next step: an office, or both of a link. */
export type Owner = Agency | 'both';
type Named = Agency | 'right' | null;

type ReasonRow = {
  readonly id: string;
  readonly zh: string;
  /** Links and groups it is asked on; absent = any. */
  readonly links?: readonly LinkId[];
  readonly groups?: readonly LineGroup[];
  readonly shapes: readonly DifferenceShape[];
  readonly fits: (difference: Difference, judging: Judging) => boolean;
  readonly explained: boolean;
  /** Proposed; people agree or choose another. `right` = the right office of the link. */
  readonly erring: Named;
  readonly owner: Exclude<Named, null> | 'both';
  /** The plan's 虚列骗补贴. */
  readonly oversight?: true;
};

const taxTreasury: readonly LinkId[] = ['tax-treasury'];
const treasuryFinance: readonly LinkId[] = ['treasury-finance'];
const financeTreasury: readonly LinkId[] = ['finance-treasury'];
const refundLinks: readonly LinkId[] = ['tax-treasury', 'treasury-finance'];
const refund: readonly LineGroup[] = ['refund'];
const met: readonly DifferenceShape[] = ['pair', 'sums'];
const always = (): boolean => true;
const differs = (...fields: readonly DifferingField[]) => (difference: Difference): boolean => fields.some(
  (field) => difference.fields.includes(field),
);

const waits = (days: 'within' | 'longer') => (difference: Difference, judging: Judging): boolean => {
  const last = received(difference, judging);
  return last !== null && judging.within(last.day, judging.settings.waitingDays) === (days === 'within');
};
/** Sent by the cut-off and not received by it: on the way while the days last, or where it was received afterwards. */
const travels = (difference: Difference, judging: Judging): boolean | null => {
  const sentOn = sentBy(difference, judging);
  if (sentOn === null || received(difference, judging) !== null) return null;
  return firstReceivedLater(difference, judging) !== null || judging.within(sentOn, judging.settings.transitDays);
};
const lies = (days: 'within' | 'longer') => (difference: Difference, judging: Judging): boolean =>
  sentBy(difference, judging) === null && received(difference, judging) === null && difference.left !== null
  && judging.within(difference.left.day, judging.settings.unsentDays) === (days === 'within');
const posts = (days: 'within' | 'longer') => (difference: Difference, judging: Judging): boolean =>
  difference.left !== null && judging.within(difference.left.day, judging.settings.postingDays) === (days === 'within');
const transfers = (difference: Difference, judging: Judging): boolean =>
  settledLater(difference, judging) || (difference.left !== null && judging.within(difference.left.day, judging.settings.transferDays));
const isReturnUnbooked = (difference: Difference, judging: Judging): boolean => difference.nth <= returnsUnbooked(difference, judging);
const isVoidedSince = (difference: Difference, judging: Judging): boolean => voidedSince(difference, judging) !== null;

const rows = [
  {
    id: 'duplicate-payment', zh: '重复退付', links: taxTreasury, shapes: ['duplicate'], fits: always, explained: false, erring: 'treasury',
    owner: 'treasury',
  },
  {
    id: 'duplicate-charge', zh: '重复列支', links: treasuryFinance, shapes: ['duplicate'], fits: always, explained: false, erring: 'finance',
    owner: 'finance',
  },
  {
    id: 'swapped', zh: '串户', links: refundLinks, groups: refund, shapes: ['pair'], fits: (difference, { swapped }) => swapped(difference),
    explained: false, erring: 'right', owner: 'right',
  },
  {
    id: 'amount-differs', zh: '金额不符', shapes: ['pair', 'sums', 'excess'], explained: false, erring: 'right', owner: 'right',
    fits: (difference) => difference.shape === 'excess' || differs('amount')(difference)
      || (difference.shape === 'sums' && (difference.rightFen ?? 0n) > (difference.leftFen ?? 0n)),
  },
  {
    id: 'payee-differs', zh: '识别号或账号不符', links: refundLinks, shapes: met, explained: false, erring: 'right', owner: 'right',
    fits: (difference, { swapped }) => differs('payee', 'account')(difference) && !(difference.shape === 'pair' && swapped(difference)),
  },
  {
    id: 'subject-differs', zh: '科目、级次或文号错', shapes: met, fits: differs('subject', 'share', 'fund'), explained: false, erring: 'right',
    owner: 'right',
  },
  {
    id: 'batch-differs', zh: '串批次', links: refundLinks, groups: refund, shapes: ['pair'], fits: differs('batch'), explained: false,
    erring: 'right', owner: 'right',
  },
  {
    id: 'bank-return-open', zh: '退票未重办', links: taxTreasury, groups: refund, shapes: ['left'], explained: true, erring: null, owner: 'tax',
    fits: (difference, judging) => ['退回', '退汇'].includes(lastWord(difference, judging)?.kind ?? ''),
  },
  {
    id: 'paid-later', zh: '在途，截止日后已退付', links: taxTreasury, groups: refund, shapes: ['left'], explained: true, erring: null,
    owner: 'treasury',
    fits: (difference, judging) => laterLines(difference, '退付', judging).length > 0,
  },
  {
    id: 'waiting', zh: '在途，国库已收到', links: taxTreasury, groups: refund, shapes: ['left'], fits: waits('within'), explained: true,
    erring: null, owner: 'treasury',
  },
  {
    id: 'waiting-overdue', zh: '国库逾期未办', links: taxTreasury, groups: refund, shapes: ['left'], fits: waits('longer'), explained: false,
    erring: 'treasury', owner: 'treasury',
  },
  {
    id: 'on-the-way', zh: '在途，已送未收', links: taxTreasury, groups: refund, shapes: ['left'], explained: true, erring: null, owner: 'treasury',
    fits: (difference, judging) => travels(difference, judging) === true,
  },
  {
    id: 'not-received', zh: '漏传', links: taxTreasury, groups: refund, shapes: ['left'], explained: false, erring: 'tax', owner: 'tax',
    fits: (difference, judging) => travels(difference, judging) === false,
  },
  {
    id: 'unsent', zh: '已开具未送', links: taxTreasury, groups: refund, shapes: ['left'], fits: lies('within'), explained: true, erring: null,
    owner: 'tax',
  },
  {
    id: 'unsent-overdue', zh: '漏传（未送）', links: taxTreasury, groups: refund, shapes: ['left'], fits: lies('longer'), explained: false,
    erring: 'tax', owner: 'tax',
  },
  {
    id: 'clawback-outstanding', zh: '追缴未缴回', links: taxTreasury, groups: ['clawback'], shapes: ['rest'], fits: always, explained: true,
    erring: null, owner: 'tax',
  },
  // One reason in two situations: finance has not booked a bank return, the tax office not a clawback that came without an order.
  {
    id: 'return-unbooked', zh: '退汇、返纳未记', links: treasuryFinance, groups: refund, shapes: ['right'], fits: isReturnUnbooked,
    explained: false, erring: 'finance', owner: 'finance',
  },
  {
    id: 'return-unbooked', zh: '退汇、返纳未记', links: taxTreasury, groups: ['clawback'], shapes: ['unordered'], fits: always, explained: false,
    erring: 'tax', owner: 'tax',
  },
  {
    id: 'voided-after-payment', zh: '已退付后作废', links: taxTreasury, groups: refund, shapes: ['right'], fits: isVoidedSince, explained: false,
    erring: 'tax', owner: 'tax',
  },
  {
    id: 'treasury-only', zh: '库有税无', links: taxTreasury, groups: refund, shapes: ['right'], explained: false, erring: 'treasury',
    owner: 'treasury',
    fits: (difference, judging) => !isVoidedSince(difference, judging),
  },
  {
    id: 'charged-later', zh: '跨月入账', links: treasuryFinance, shapes: ['left', 'rest'], fits: settledLater, explained: true, erring: null,
    owner: 'finance',
  },
  {
    id: 'charge-pending', zh: '待列支', links: treasuryFinance, shapes: ['left', 'rest'], fits: posts('within'), explained: true, erring: null,
    owner: 'finance',
  },
  {
    id: 'charge-missing', zh: '漏记列支', links: treasuryFinance, shapes: ['left', 'rest'], fits: posts('longer'), explained: false,
    erring: 'finance', owner: 'finance',
  },
  {
    id: 'finance-only', zh: '财有库无（虚列）', links: treasuryFinance, shapes: ['right', 'unordered'], explained: false, erring: 'finance',
    owner: 'finance', oversight: true,
    fits: (difference, judging) => difference.shape === 'unordered' || !isReturnUnbooked(difference, judging),
  },
  {
    id: 'transfer-on-the-way', zh: '拨付在途', links: financeTreasury, shapes: ['rest'], fits: transfers, explained: true, erring: null,
    owner: 'treasury',
  },
  {
    id: 'transfer-overdue', zh: '拨付逾期未到', links: financeTreasury, shapes: ['rest'], explained: false, erring: null, owner: 'both',
    fits: (difference, judging) => !transfers(difference, judging),
  },
  {
    id: 'arrival-only', zh: '到账无拨付', links: financeTreasury, shapes: ['unordered'], fits: always, explained: false, erring: 'finance',
    owner: 'finance',
  },
] as const satisfies readonly ReasonRow[];

export type ReasonId = (typeof rows)[number]['id'];
/** Every reason once, in the order of the table, with its Chinese name. */
export const reasonNames = Object.fromEntries(rows.map(({ id, zh }) => [id, zh])) as Readonly<Record<ReasonId,
  string>>; // one for every row
export const reasonIds = Object.keys(reasonNames) as readonly ReasonId[]; // the ids of the rows

export type Judgement = {
  readonly reason: ReasonId;
  readonly also: readonly ReasonId[];
  readonly explained: boolean;
  readonly erring: Agency | null;
  readonly owner: Owner;
  readonly oversight: boolean;
};

/** @throws AssertionFault when no row fits: the table is closed */
export function judged(difference: Difference, judging: Judging): Judgement {
  const fitting = rows.filter((row) => fits(row, difference, judging));
  const [first] = fitting;
  assert(first !== undefined, 'a difference has no reason in the table');
  const right = links[difference.link].right;
  const { explained, erring, owner, oversight }: ReasonRow = first;
  return {
    reason: first.id, also: fitting.slice(1).map(({ id }) => id), explained, oversight: oversight === true,
    erring: erring === 'right' ? right : erring, owner: owner === 'right' ? right : owner,
  };
}

function fits(row: ReasonRow, difference: Difference, judging: Judging): boolean {
  return (row.links ?? [difference.link]).includes(difference.link) && (row.groups ?? [difference.key.group]).includes(difference.key.group)
    && row.shapes.includes(difference.shape) && row.fits(difference, judging);
}
