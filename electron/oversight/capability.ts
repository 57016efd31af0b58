/** The manifest of 监督检查: so far the sample with its verb; it keeps nothing in the ledger. */
import * as facts from '../../shared/oversight/capability.ts';
import { defineCapability } from '../journal/index.ts';

export const oversight = defineCapability(facts, { handlers: () => ({}) });
