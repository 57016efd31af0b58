/**
 * The checks of a voucher 退还书审核 before it may be paid. Every fault is named at once; each of them blocks. What the treasury compares
 * on paper only (seals, the amount in capitals beside the figures) stands on the printed voucher, not here.
 * @source shared spec product.md P3, P4; policy-facts 6.4: the treasury's own list of elements was not found (needs evidence)
 */
import type { CountyProfile } from '../../shared/administration/model.ts';
import { knowsSubject, splitDifference } from '../../shared/administration/profile-split.ts';
import { present } from '../../shared/kernel/assert.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { lostInName, saysLicenceSeen } from '../../shared/refunds/lost-name.ts';
import { paymentStateNames, type PaymentState } from '../../shared/treasury/cases.ts';
import { voucherFindings, type VoucherFinding } from '../../shared/treasury/findings.ts';
import { differencesFromList, type listedOf } from './listed.ts';
import type { PaymentRecord, TreasuryBatch } from './treasury.tables.ts';

export type Finding = { readonly code: VoucherFinding; readonly message: string };

/** What the voucher is compared with. */
export type CheckGround = {
  readonly profile: CountyProfile;
  readonly batch: TreasuryBatch;
  /** Count and sums of the vouchers that came with the batch. */
  readonly batchReceived: { readonly vouchers: number; readonly amountFen: bigint; readonly existingFen: bigint; readonly incrementalFen: bigint };
  /** Other vouchers of the same application, in any state. */
  readonly sameRefund: readonly { readonly voucherNo: string; readonly state: PaymentState }[];
  /** What the newest list of the filing period says of the taxpayer. */
  readonly listed: ReturnType<typeof listedOf>;
  /** Vouchers of other applications that pay the taxpayer existing credit 存量, checked or paid: it is refunded once. */
  readonly existingElsewhere: readonly Pick<PaymentRecord, 'voucherNo' | 'state' | 'existingFen' | 'paidOn'>[];
  /** The voucher that this one replaces, when it names one that is known here. */
  readonly replaced: { readonly voucherNo: string; readonly state: PaymentState } | null;
  /** Reasons of the suspensions in force for the taxpayer. */
  readonly suspensions: readonly string[];
};

/** All findings of one voucher, in the order of the list of checks; none means it is in order. */
export function checkVoucher(voucher: PaymentRecord, ground: CheckGround): Finding[] {
  return [
    ...elements(voucher),
    ...amounts(voucher, ground.profile),
    ...subject(voucher, ground.profile),
    ...payee(voucher),
    ...nameProven(voucher),
    ...dates(voucher, ground.batch),
    ...batchTotals(ground),
    ...duplicates(ground),
    ...differencesFromList(voucher, ground.listed).map(({ code, what }) => finding(code, what)),
    ...ground.existingElsewhere.map(existingPaid),
    ...ground.suspensions.map((reason) => finding('under-suspension', reason)),
  ];
}

function elements(voucher: PaymentRecord): Finding[] {
  const required: readonly (readonly [string, string])[] = [
    ['申请编号', voucher.refundNo],
    ['纳税人名称', voucher.name],
    ['预算科目', voucher.subjectCode],
    ['收款户名', voucher.accountName],
    ['开户银行', voucher.bank],
    ['收款账号', voucher.bankAccount],
    ['退库原因', voucher.refundReason],
    ['退库依据', voucher.basis],
    ['开具人', voucher.issuedBy],
    ['复核人', voucher.checkedBy],
  ];
  const missing = required.filter(([, value]) => value.trim() === '').map(([label]) => label);
  return missing.length === 0 ? [] : [finding('element-missing', missing.join('、'))];
}

function amounts(voucher: PaymentRecord, profile: CountyProfile): Finding[] {
  const { amountFen, existingFen, incrementalFen, centralFen, provinceFen, countyFen } = voucher;
  const found: Finding[] = [];
  if (existingFen + incrementalFen !== amountFen) found.push(finding('lines-differ', `${groupedYuan(existingFen + incrementalFen)} 与 ${groupedYuan(amountFen)} 元`));
  const shares = centralFen + provinceFen + countyFen;
  if (shares !== amountFen) {
    found.push(finding('shares-differ', `${groupedYuan(shares)} 与 ${groupedYuan(amountFen)} 元`));
    return found;
  }
  const differs = splitDifference(voucher, profile);
  if (differs !== null) found.push(finding('level-differs', differs));
  return found;
}

function subject(voucher: PaymentRecord, profile: CountyProfile): Finding[] {
  return knowsSubject(profile, voucher.subjectCode) ? [] : [finding('subject-unknown', voucher.subjectCode)];
}

function payee(voucher: PaymentRecord): Finding[] {
  return voucher.accountName === voucher.name ? [] : [finding('account-name-differs', voucher.accountName)];
}

/** A name that may have lost a character is paid only where the tax office says that the licence was seen (faults.md B4). */
function nameProven(voucher: PaymentRecord): Finding[] {
  const lost = lostInName(voucher);
  return lost === null || saysLicenceSeen(voucher.note) ? [] : [finding('name-unproven', lost)];
}

function dates(voucher: PaymentRecord, batch: TreasuryBatch): Finding[] {
  const order: readonly (readonly [string, string])[] = [
    ['申请', voucher.appliedOn], ['核准', voucher.approvedOn], ['开具', voucher.issuedOn], ['组批', batch.preparedOn], ['接收', voucher.receivedOn],
  ];
  const disorder = order.find(([, day], index) => index > 0 && day < present(order[index - 1], 'date before')[1]);
  return disorder === undefined ? [] : [finding('dates-disorder', `${disorder[0]}日期 ${disorder[1]}`)];
}

function batchTotals({ batch, batchReceived }: CheckGround): Finding[] {
  const agrees =
    batch.vouchers === batchReceived.vouchers && batch.amountFen === batchReceived.amountFen && batch.existingFen === batchReceived.existingFen &&
    batch.incrementalFen === batchReceived.incrementalFen;
  if (agrees) return [];
  return [finding('batch-differs', `批次 ${String(batch.vouchers)} 份 ${groupedYuan(batch.amountFen)} 元，明细 ${String(batchReceived.vouchers)} 份 ${groupedYuan(batchReceived.amountFen)} 元`)];
}

function duplicates({ sameRefund, replaced }: CheckGround): Finding[] {
  const standing = sameRefund.filter((other) => other.state !== 'returned' && other.state !== 'bank-returned').map((other) => other.voucherNo);
  const found = standing.length === 0 ? [] : [finding('duplicate-refund', standing.join('、'))];
  if (replaced !== null && replaced.state !== 'returned' && replaced.state !== 'bank-returned') found.push(finding('replaces-unreturned', replaced.voucherNo));
  return found;
}

function existingPaid({ voucherNo, state, existingFen, paidOn }: CheckGround['existingElsewhere'][number]): Finding {
  return finding('existing-paid-before', `退还书 ${voucherNo}，存量 ${groupedYuan(existingFen)} 元，${state === 'paid' ? `${String(paidOn)} 退付` : paymentStateNames[state]}`);
}

function finding(code: VoucherFinding, what: string): Finding {
  return { code, message: `${voucherFindings[code]}（${what}）` };
}
