/**
 * The separation of duties 岗位分离 as one table: which two acts on the same refund no one person may both do, and which
 * duties no one person may hold together. Handlers and the SQL CHECKs are both made from it.
 * @source shared spec decisions 12; 国家税务总局《关于严格执行税款退库办理制度的通知》(policy-facts 6.4, S79)
 */
import { administratorDuties, businessDuties, type BusinessDuty, type Duty } from '../kernel/office.ts';

/** The roles people take in one refund, in the order they occur. */
export const refundRoles = ['handler', 'reviewer', 'approver', 'issuer', 'voucherChecker'] as const;
export type RefundRole = (typeof refundRoles)[number];

/** The roles people take in one treasury payment. */
export const paymentRoles = ['checker', 'payer'] as const;
export type PaymentRole = (typeof paymentRoles)[number];

export const refundRoleNames: Readonly<Record<RefundRole | PaymentRole, string>> = {
  handler: '经办人',
  reviewer: '复核人',
  approver: '审批人',
  issuer: '退还书开具人',
  voucherChecker: '退还书复核人',
  checker: '国库审核人',
  payer: '国库退付人',
};

/** No one person may fill both roles on one refund (tax office). */
export const forbiddenRefundPairs: readonly (readonly [RefundRole, RefundRole])[] = [
  ['handler', 'reviewer'],
  ['reviewer', 'approver'],
  ['handler', 'approver'],
  ['approver', 'issuer'],
  ['issuer', 'voucherChecker'],
];

/** No one person may fill both roles on one payment (treasury). */
export const forbiddenPaymentPairs: readonly (readonly [PaymentRole, PaymentRole])[] = [['checker', 'payer']];

/** The roles people take in one policy amendment, in every office: who stands for it first, and who confirms it. */
export const amendmentRoles = ['proposer', 'confirmer'] as const;
export type AmendmentRole = (typeof amendmentRoles)[number];

export const amendmentRoleNames: Readonly<Record<AmendmentRole, string>> = { proposer: '提出人（第一确认人）', confirmer: '第二确认人' };

/** Duties that may fill each role: confirming takes one that checks or decides. */
export const amendmentRoleDuties: Readonly<Record<AmendmentRole, readonly BusinessDuty[]>> = {
  proposer: ['handler', 'reviewer'],
  confirmer: ['reviewer', 'approver'],
};

/** A policy amendment takes effect after two people confirm it (decisions 16). */
export const forbiddenAmendmentPairs: readonly (readonly [AmendmentRole, AmendmentRole])[] = [['proposer', 'confirmer']];

/** CHECK constraints that refuse the pairs in SQL; columns are named after the roles, e.g. `voucher_checker`. */
export function separationChecks(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([a, b]) => `CHECK (${snake(a)} IS NULL OR ${snake(b)} IS NULL OR ${snake(a)} <> ${snake(b)})`).join(',\n  ');
}

/** Whether one person may hold all these duties: administrators hold no business duty and not each other's. */
export function dutiesCompatible(held: readonly Duty[]): boolean {
  const administrators = held.filter((duty) => (administratorDuties as readonly Duty[]).includes(duty));
  const business = held.filter((duty) => (businessDuties as readonly Duty[]).includes(duty));
  return administrators.length === 0 || (administrators.length === 1 && business.length === 0);
}

/** Whether two roles on one case are kept apart by a table of pairs. */
export function keptApart(pairs: readonly (readonly [string, string])[], a: string, b: string): boolean {
  return pairs.some(([one, other]) => (one === a && other === b) || (one === b && other === a));
}

function snake(role: string): string {
  return role.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
