/** The capabilities 业务 of the window, one line each. Menu, routes and F1 说明 are joined from here. */
export * as desk from './desk/capability.ts';
export * as roster from './roster/capability.ts';
export * as survey from './survey/capability.ts';
export * as eligibility from './eligibility/capability.ts';
export * as policy from './policy/capability.ts';
export * as risk from './risk/capability.ts';
export * as refunds from './refunds/capability.ts';
export * as treasury from './treasury/capability.ts';
export * as reconciliation from './reconciliation/capability.ts';
export * as exchange from './exchange/capability.ts';
export * as reports from './reports/capability.ts';
export * as administration from './administration/capability.ts';
export * as shell from './shell/capability.ts';
