/** The steps of the log's schema, in order; the newest number is that of the program. */
import { journalStep } from './0001-journal.ts';
import { secretsStep } from './0002-secrets.ts';
import { stateVersionStep } from './0010-state-version.ts';
import type { LogStep } from './log-step.ts';

export const logSteps: readonly LogStep[] = [journalStep, secretsStep, stateVersionStep];
