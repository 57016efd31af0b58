/**
 * The capabilities 业务 that an office has, one line each. Lines without a blank between them are one layer, lowest first: a capability may import the
 * doors of layers above it in this list, never those beside or below; what it needs of these its manifest names (test/architecture.test.ts).
 */
export { administration } from '../administration/capability.ts';

export { roster } from '../roster/capability.ts';

export { eligibility } from '../eligibility/capability.ts';

export { policy } from '../policy/capability.ts';
export { survey } from '../survey/capability.ts';

export { funds } from '../funds/capability.ts';
export { risk } from '../risk/capability.ts';

export { refunds } from '../refunds/capability.ts';
export { treasury } from '../treasury/capability.ts';

export { reconciliation } from '../reconciliation/capability.ts';
export { oversight } from '../oversight/capability.ts';

export { exchange } from '../exchange/capability.ts';
export { reports } from '../reports/capability.ts';
