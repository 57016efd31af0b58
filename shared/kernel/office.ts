/**
 * The three agencies 三方 and the duties 岗位 people hold: the words every other file speaks in. Which duties exclude each
 * other on one refund is the table in administration/duties.ts.
 */

/** tax 税务局, finance 财政局, treasury 人民银行支行国库; the same words on the command line and on the wire. */
export const agencies = ['tax', 'finance', 'treasury'] as const;
export type Agency = (typeof agencies)[number];

export const agencyNames: Readonly<Record<Agency, string>> = {
  tax: '税务局',
  finance: '财政局',
  treasury: '人民银行国库',
};

/** Business duties 业务岗位. */
export const businessDuties = ['handler', 'reviewer', 'approver', 'issuer'] as const;
/** Administrators 三员: hold no business duty and not each other's. */
export const administratorDuties = ['system', 'security', 'audit'] as const;
export const duties = [...businessDuties, ...administratorDuties] as const;

export type BusinessDuty = (typeof businessDuties)[number];
export type AdministratorDuty = (typeof administratorDuties)[number];
export type Duty = (typeof duties)[number];

export const dutyNames: Readonly<Record<Duty, string>> = {
  handler: '经办',
  reviewer: '复核',
  approver: '审批',
  issuer: '开具',
  system: '系统管理员',
  security: '安全管理员',
  audit: '审计管理员',
};
