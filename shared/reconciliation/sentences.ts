/**
 * Sentences 差异说明: what a difference is, with its evidence, in one neutral Chinese sentence. They are no part of what people sign.
 * @source shared spec reconciliation.md, The document
 */
import type { CivilDate } from '../kernel/civil-date.ts';
import { groupedYuan, type Fen } from '../kernel/money.ts';
import type { Agency } from '../kernel/office.ts';
import { firstReceivedLater, laterLines, lastWord, received, returnsUnbooked, sentBy, voidedSince, type Judging } from './evidence.ts';
import { kindRows, type ReconLine } from './line.ts';
import { columnsOf, links } from './links.ts';
import type { Difference, DifferingField } from './matching.ts';
import type { ReasonId } from './reasons.ts';

/** The offices as statements name them. */
export const sideNames: Readonly<Record<Agency, string>> = { tax: '税务', treasury: '国库', finance: '财政' };

/** `国库 2022-06-12 退付` */
export function lineText({ kind, day }: ReconLine): string {
  return `${sideNames[kindRows[kind].side]} ${day} ${kind}`;
}

export function sentenceOf(reason: ReasonId, difference: Difference, judging: Judging): string {
  return `${subjectOf(difference)}：${sentences[reason](difference, judging)}`;
}

const papers = { refund: '收入退还书', clawback: '追缴单', transfer: '拨付令' } as const;

function subjectOf({ link, key, left, right }: Difference): string {
  const line = left ?? right;
  const details = [line?.batchNo === '' || line === null ? '' : `批次 ${line.batchNo}`, line?.name ?? ''].filter((text) => text !== '');
  return `${links[link].zh} ${papers[key.group]} ${key.no}${details.length === 0 ? '' : `（${details.join('，')}）`}`;
}

const yuan = (fen: Fen | null): string => `${groupedYuan(fen ?? 0n)} 元`;
const days = (since: CivilDate | null, limit: number, { within }: Judging): string => (
  since === null ? '' : within(since, limit) ? `未超过 ${String(limit)} 个工作日` : `已超过 ${String(limit)} 个工作日`
);

const fieldNames: Readonly<Record<DifferingField,
  string>> = { amount: '金额', payee: '识别号', account: '账号', subject: '科目', share: '级次', batch: '批次', fund: '资金文号' };

function fieldText(line: ReconLine, field: DifferingField): string {
  const share = (fen: Fen | null): string => (fen === null ? '未填' : groupedYuan(fen));
  switch (field) {
    case 'amount':
      return yuan(line.amountFen);
    case 'payee':
      return line.payee;
    case 'account':
      return line.account;
    case 'subject':
      return line.subject;
    case 'share':
      return [line.centralFen, line.provincialFen, line.countyFen].map(share).join('/');
    case 'batch':
      return line.batchNo;
    case 'fund':
      return line.fundNo;
  }
}

/**
 * Where finance departs from the treasury, but not from the tax office's voucher, the treasury's own departure stands on 税—库: the text
 * says so.
 */
function departures({ key, link, left, right, fields }: Difference): string {
  if (left === null || right === null) return '';
  const names = links[link];
  const texts = fields.map(
    (
      field
    ) => `${fieldNames[field]}${sideNames[names.left]}为 ${fieldText(left, field)}，${sideNames[names.right]}为 ${fieldText(right, field)}`,
  );
  const voucher = link === 'treasury-finance' ? key.of('开具').at(-1)?.line ?? null : null;
  const agreeing = voucher === null ? [] : fields.filter((field) => fieldText(voucher, field) === fieldText(right, field))
    .map((field) => fieldNames[field]);
  return `${texts.join('；')}${agreeing.length === 0 ? '' : `（${agreeing.join('、')}与税务的收入退还书一致，国库的出入见税—库）`}`;
}

/** The sums of parts, where their fields differ or more came than was ordered. */
function sums({ link, leftFen, rightFen, shape }: Difference): string {
  if (shape === 'pair') return '';
  const [left, right] = [sideNames[links[link].left], sideNames[links[link].right]];
  return shape === 'excess' ? `${right}比${left}多 ${yuan(rightFen)}` : `${left}合计 ${yuan(leftFen)}，${right}合计 ${yuan(rightFen)}`;
}

const departing = (difference: Difference): string => [sums(difference), departures(difference)].filter((text) => text !== '').join('；');

function later(difference: Difference, judging: Judging): string {
  const [first] = laterLines(difference, columnsOf(difference.link, difference.key.group).right, judging);
  return first === undefined ? '' : lineText(first);
}

/** A payment that finance did not charge because it should not have been made is held to the payment; the other item is on 税—库. */
function duplicatePayment({ key, left }: Difference): string {
  const vouchers = key.of('开具').filter(({ undoneOn }) => undoneOn === null).length;
  const paid = key.of('退付').filter(({ undoneOn }) => undoneOn === null).map(({ line }) => line);
  const nth = left === null ? 0 : paid.indexOf(left) + 1;
  return vouchers > 0 && nth > vouchers ? `；该笔在税—库为重复退付（${key.no} 第 ${String(nth)} 笔退付）` : '';
}

const charged = (difference: Difference, judging: Judging): string => {
  const { left } = difference;
  const what = left === null ? '' : `${lineText(left)} ${yuan(difference.leftFen)}`;
  return `${what}，财政未记账，${days(left?.day ?? null, judging.settings.postingDays, judging)}${duplicatePayment(difference)}`;
};

const sentences: Readonly<Record<ReasonId, (difference: Difference, judging: Judging) => string>> = {
  'duplicate-payment': ({ right, rightFen }) => `国库 ${right?.day ?? ''} 又退付 ${yuan(rightFen)}，该收入退还书已有一笔退付`,
  'duplicate-charge': ({ right, rightFen }) => `财政 ${right?.day ?? ''} 又列支 ${yuan(rightFen)}，国库该笔退付已有一笔列支`,
  swapped: (difference) => `${departing(difference)}；同环另一笔的识别号正好相反，两户串户`,
  'amount-differs': departing,
  'payee-differs': departing,
  'subject-differs': departing,
  'batch-differs': departing,
  'bank-return-open': (difference, judging) => {
    const last = lastWord(difference, judging);
    return `${yuan(difference.leftFen)} ${last === null ? '' : lineText(last)}后，截至截止日未重新办理`;
  },
  'paid-later': (difference, judging) => `${yuan(difference.leftFen)} 截止日未退付，截止日后${later(difference, judging)}`,
  waiting: (difference, judging) => waiting(difference, judging),
  'waiting-overdue': (difference, judging) => waiting(difference, judging),
  'on-the-way': (difference, judging) => {
    const arrived = firstReceivedLater(difference, judging);
    return `${yuan(difference.leftFen)} ${sentBy(difference, judging) ?? ''} 送达，截止日国库未收到${arrived === null ? '' : `，${arrived.day} 收到`}`;
  },
  'not-received': (difference, judging) =>
    `${yuan(difference.leftFen)} ${sentBy(difference, judging) ?? ''} 送达，国库清单中没有收到，${days(sentBy(difference, judging), judging.settings.transitDays, judging)}`,
  unsent: (difference, judging) => unsent(difference, judging),
  'unsent-overdue': (difference, judging) => unsent(difference, judging),
  'clawback-outstanding': ({ left, leftFen }) => `${left?.day ?? ''} 追缴，尚有 ${yuan(leftFen)} 未缴回`,
  'return-unbooked': (difference, judging) =>
    difference.link === 'tax-treasury'
      ? `国库 ${difference.right?.day ?? ''} 返纳 ${yuan(difference.rightFen)}，税务没有追缴记录`
      : `财政 ${difference.right?.day ?? ''} 列支 ${yuan(difference.rightFen)}，国库退汇后尚有 ${String(returnsUnbooked(difference, judging))} 笔未冲回`,
  'voided-after-payment': (
    difference, judging
  ) => `国库 ${difference.right?.day ?? ''} 退付 ${yuan(difference.rightFen)}，税务 ${voidedSince(difference, judging) ?? ''} 作废`,
  'treasury-only': (difference) => `国库 ${difference.right?.day ?? ''} 退付 ${yuan(difference.rightFen)}，${voucherThen(difference)}`,
  'charged-later': (
    difference, judging
  ) => `${difference.left === null ? '' : lineText(difference.left)} ${yuan(difference.leftFen)}，截止日后${later(difference, judging)}`,
  'charge-pending': charged,
  'charge-missing': charged,
  'finance-only': (difference) => `财政 ${difference.right?.day ?? ''} 记账 ${yuan(difference.rightFen)}，${paymentThen(difference)}`,
  'transfer-on-the-way': (difference, judging) => transferred(difference, judging),
  'transfer-overdue': (difference, judging) => transferred(difference, judging),
  'arrival-only': ({ right, rightFen }) => `国库 ${right?.day ?? ''} 到账 ${yuan(rightFen)}，财政没有该拨付令`,
};

function waiting(difference: Difference, judging: Judging): string {
  const last = received(difference, judging);
  return `${yuan(difference.leftFen)} 国库 ${last?.day ?? ''} 收到，截止日未退付，${days(last?.day ?? null, judging.settings.waitingDays, judging)}`;
}

function unsent({ left, leftFen }: Difference, judging: Judging): string {
  return `${yuan(leftFen)} 税务 ${left?.day ?? ''} 开具，截止日未送国库，${days(left?.day ?? null, judging.settings.unsentDays, judging)}`;
}

function transferred(difference: Difference, judging: Judging): string {
  const arrived = later(difference, judging);
  return `${difference.left?.day ?? ''} 拨付，尚有 ${yuan(difference.leftFen)} 未到账，${days(difference.left?.day ?? null, judging.settings.transferDays, judging)}${arrived === '' ? '' : `，截止日后${arrived}`}`;
}

function voucherThen({ key, right }: Difference): string {
  const [voucher] = key.of('开具');
  if (voucher === undefined || right === null) return '税务没有该收入退还书';
  if (voucher.line.day > right.day) return `税务 ${voucher.line.day} 才开具`;
  return voucher.undoneOn === null ? '税务收入退还书另有退付' : `税务已于 ${voucher.undoneOn} 作废`;
}

function paymentThen({ key, right, shape }: Difference): string {
  if (shape === 'unordered') return '国库没有该笔返纳';
  const [paid] = key.of('退付');
  if (paid !== undefined && right !== null && paid.line.day > right.day) return `国库 ${paid.line.day} 才退付`;
  if (paid !== undefined) return '国库该笔退付已退汇或另有列支';
  return key.of('收到').length > 0 ? '国库只有收到，没有退付' : '国库没有该笔退付';
}
