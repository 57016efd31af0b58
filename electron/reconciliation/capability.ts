/** The manifest of 三方对账: so far an engine with a verb; it keeps nothing in the ledger. */
import * as facts from '../../shared/reconciliation/capability.ts';
import { defineCapability } from '../journal/index.ts';

export const reconciliation = defineCapability(facts, { handlers: () => ({}) });
