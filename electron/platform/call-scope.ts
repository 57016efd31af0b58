/** Which call a piece of work belongs to 办理归属: calls overlap while their slow parts wait, and progress must find its own. Carries nothing else. */
import { AsyncLocalStorage } from 'node:async_hooks';

export type CallScope<T> = {
  run<R>(call: T, work: () => R): R;
  current(): T | null;
};

export function callScope<T>(): CallScope<T> {
  const storage = new AsyncLocalStorage<T>();
  return {
    run: (call, work) => storage.run(call, work),
    current: () => storage.getStore() ?? null,
  };
}
