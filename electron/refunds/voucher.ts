/**
 * 税收收入退还书: what stands on one voucher, made from an approved refund and the county profile. Chooses the subject code, splits the
 * amount by level, writes it in capitals and refuses an account that is not the taxpayer's. Numbers are given by numbers.ts.
 * @source 财预〔2019〕205号, 财预〔2022〕40号 (policy-facts 6.2); shared spec forms.md 4.3
 */
import { shareParts, type CountyProfile } from '../../shared/administration/model.ts';
import { sharePartNames, sharesFault } from '../../shared/administration/profile-rules.ts';
import { sharesOf } from '../../shared/administration/profile-split.ts';
import { refusal } from '../../shared/errors.ts';
import { inputWords } from '../../shared/input-faults.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { capitalAmount, type Fen } from '../../shared/kernel/money.ts';
import { percentOf } from '../../shared/kernel/ratio.ts';
import { routes } from '../../shared/eligibility/model.ts';
import { reducedReason, voucherReason } from '../../shared/refunds/voucher-fields.ts';
import { accountSchema, type LineAmounts, type RefundRoute, type RefundSize } from '../../shared/refunds/model.ts';

/** What a voucher is made from. Amounts in fen. */
export type VoucherGround = {
  readonly refund: string;
  readonly uscc: string;
  readonly name: string;
  readonly route: RefundRoute;
  readonly size: RefundSize;
  readonly applicationNo: string;
  readonly appliedOn: CivilDate;
  readonly approved: LineAmounts;
  readonly account: PayeeAccount;
  /** Less is approved than was determined. */
  readonly reduced: boolean;
};

/** Account as it stands on the refund; empty text = never given. */
export type PayeeAccount = { readonly bank: string; readonly account: string; readonly accountName: string; readonly bankCode: string | null };

/** The elements of a voucher 退还书要素 that the tax office decides; number, date and people are added by the act. */
export type VoucherElements = {
  readonly existing: Fen;
  readonly incremental: Fen;
  readonly amount: Fen;
  readonly capital: string;
  readonly central: Fen;
  readonly province: Fen;
  readonly county: Fen;
  readonly levelText: string;
  readonly subjectCode: string;
  readonly subjectName: string;
  readonly payee: PayeeAccount;
  readonly reason: string;
  readonly basis: string;
  readonly authority: string;
  readonly approvalNo: string;
};

/**
 * The elements of a voucher, or the first reason why it cannot be issued. An account in another name is never overridden: it is
 * corrected on the refund.
 * @param authority 审批机关, the tax office's name
 */
export function voucherElements(ground: VoucherGround, profile: CountyProfile, authority: string): VoucherElements | Refusal {
  const accountFault = judgeAccount(ground, ground.account);
  if (accountFault !== null) return accountFault;
  const shares = sharesFault(profile);
  if (shares !== null) return refusal('PROFILE_UNFIT', { why: shares });
  const subject = subjectFor(ground, profile);
  if (typeof subject === 'string') return refusal('SUBJECT_UNKNOWN', { name: ground.name, refund: ground.refund, why: subject });
  const amount = ground.approved.existing + ground.approved.incremental;
  assert(amount > 0n, 'an approved refund has an amount');
  return {
    existing: ground.approved.existing,
    incremental: ground.approved.incremental,
    amount,
    capital: capitalAmount(amount),
    ...sharesOf(amount, profile),
    levelText: levelText(profile),
    subjectCode: subject.code,
    subjectName: subject.name,
    payee: ground.account,
    reason: ground.reduced ? reducedReason : voucherReason,
    basis: routes[ground.route].basis,
    authority,
    approvalNo: ground.applicationNo,
  };
}

/** Why money may not go to this account: a part is missing, or it is not in the taxpayer's own name. */
export function judgeAccount(of: { readonly refund: string; readonly name: string }, account: PayeeAccount): Refusal | null {
  const missing = [
    account.bank === '' ? '开户银行' : null,
    account.account === '' ? '账号' : null,
    account.accountName === '' ? '户名' : null,
  ].filter((part) => part !== null);
  if (missing.length > 0) return refusal('ACCOUNT_UNKNOWN', { name: of.name, refund: of.refund, missing: missing.join('、') });
  const parsed = accountSchema.safeParse(account, { error: inputWords });
  if (!parsed.success) return refusal('ACCOUNT_INVALID', { name: of.name, refund: of.refund, why: parsed.error.issues[0]?.message ?? '' });
  if (account.accountName !== of.name) {
    return refusal('ACCOUNT_NAME_DIFFERS', { name: of.name, refund: of.refund, accountName: account.accountName });
  }
  return null;
}

/**
 * Budget subject 预算科目: by date of application, size and whether the route counts as 原政策 or 新增政策. How one refund is to be
 * cut between the two policies is unknown (policy-facts 6.2, graded C), so the profile assigns each route to one of them.
 * @returns the subject, or a Chinese phrase saying what the profile lacks
 */
export function subjectFor(
  of: { readonly route: RefundRoute; readonly size: RefundSize; readonly appliedOn: CivilDate },
  profile: CountyProfile,
): { readonly code: string; readonly name: string } | string {
  const { from, code, name } = profile.subjectCodeBefore;
  if (of.appliedOn < from) return { code, name };
  const policy = profile.policyOfRoute[of.route];
  if (policy === undefined) return `${of.route} 未指定原政策或新增政策`;
  // Small or micro has to be established; a size that stays undetermined is booked with the others (warned about at issue).
  const smallMicro = of.size === 'micro' || of.size === 'small';
  const row = profile.subjectCodes.find((candidate) => candidate.smallMicro === smallMicro && candidate.policy === policy);
  return row ?? `缺少${smallMicro ? '小微企业' : '其他企业'}${policy === 'new' ? '新增政策' : '原政策'}科目`;
}

/** 预算级次 as written on the voucher: `中央50%、省级35%、县级15%`. */
export function levelText(profile: CountyProfile): string {
  return shareParts.map((part) => `${sharePartNames[part]}${percentOf(profile.shares[part])}`).join('、');
}
