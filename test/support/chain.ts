/**
 * A chain 办理链: steps that each go on where the one before ended, as one test. The first step that fails ends it and is named in the failure with what was
 * expected of it; the later ones are not run, because they could say nothing of their own.
 */
import { test } from 'vitest';

/** Each wait of a step has its own, shorter bound; this one only ends a chain that hangs. */
const chainMsMax = 600_000;

export type Step = (name: string, run: () => Promise<void> | void) => void;

/** Registers the test. @returns adds a step to it, in the order of the calls */
export function chain(name: string): Step {
  const steps: { readonly name: string; readonly run: () => Promise<void> | void }[] = [];
  test(name, async () => {
    if (steps.length === 0) throw new Error('a chain without steps');
    for (const [index, step] of steps.entries()) {
      try {
        await step.run();
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        failure.message = `step ${String(index + 1)} of ${String(steps.length)}, “${step.name}”: ${failure.message}`;
        throw failure;
      }
    }
  }, chainMsMax);
  return (step, run) => {
    steps.push({ name: step, run });
  };
}
