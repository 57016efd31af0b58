/** The manifest of 风险: so far the indicators with their verb; it keeps nothing in the ledger. */
import * as facts from '../../shared/risk/capability.ts';
import { defineCapability } from '../journal/index.ts';

export const risk = defineCapability(facts, { handlers: () => ({}) });
