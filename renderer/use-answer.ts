/**
 * A question and its answer on a page 查询, and an act and its outcome 办理: what is being waited for, what came, why not. Pages draw the four
 * states (waiting, answer, refusal, nothing) from here.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { OperationInput, OperationName, OperationOutput } from '../shared/contract.ts';
import type { Reply } from '../shared/reply.ts';
import type { ReplyError } from './components/refusal.ts';
import { ask } from './office.ts';

export type Answer<T> = {
  readonly value: ShallowRef<T | null>;
  readonly waiting: Ref<boolean>;
  readonly error: ShallowRef<ReplyError | null>;
  /** Asks, or asks again; the standing answer stays until the new one is here. */
  load(): Promise<void>;
};

/** A question whose input is taken anew each time it is asked; an answer to an older question is dropped. */
export function useAnswer<T>(question: () => Promise<Reply<T>>): Answer<T> {
  const value = shallowRef<T | null>(null);
  const waiting = ref(false);
  const error = shallowRef<ReplyError | null>(null);
  let asked = 0;
  return {
    value, waiting, error,
    async load() {
      asked += 1;
      const own = asked;
      waiting.value = true;
      const reply = await question();
      if (own !== asked) return;
      waiting.value = false;
      error.value = reply.ok ? null : reply.error;
      if (reply.ok) value.value = reply.value;
    },
  };
}

export type Act<I, T> = {
  readonly running: Ref<boolean>;
  readonly error: ShallowRef<ReplyError | null>;
  /** @returns the outcome, or null when it was refused; a second call while one runs is ignored */
  run(input: I): Promise<T | null>;
  forget(): void;
};

/** An act of the operations table. */
export function useAct<N extends OperationName>(name: N): Act<OperationInput<N>, OperationOutput<N>> {
  return useStep((input: OperationInput<N>) => ask(name, input));
}

/** Any step that answers with a reply. */
export function useStep<I, T>(step: (input: I) => Promise<Reply<T>>): Act<I, T> {
  const running = ref(false);
  const error = shallowRef<ReplyError | null>(null);
  return {
    running, error,
    async run(input) {
      if (running.value) return null;
      running.value = true;
      error.value = null;
      const reply = await step(input);
      running.value = false;
      if (reply.ok) return reply.value;
      error.value = reply.error;
      return null;
    },
    forget() { error.value = null; },
  };
}
