/** The steps of the log's schema, in order. */
import { journalStep } from './0001-journal.ts';
import { secretsStep } from './0002-secrets.ts';
import type { LogStep } from './log-step.ts';

export const logSteps: readonly LogStep[] = [journalStep, secretsStep];
