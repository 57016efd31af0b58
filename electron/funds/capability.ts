/** The manifest of 资金与库款: so far the forecast with its verb; it keeps nothing in the ledger. */
import * as facts from '../../shared/funds/capability.ts';
import { defineCapability } from '../journal/index.ts';

export const funds = defineCapability(facts, { handlers: () => ({}) });
