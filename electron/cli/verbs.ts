/** The closed table of verbs of the headless interface. */
import { ledgerVerify, officeInit, officeStatus, operationVerb } from './office-verbs.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [officeInit, officeStatus, operationVerb, ledgerVerify];
