/**
 * Running calls of one window 进行中的办理: their numbers, how far they are, and the cell through which they are asked to stop. Tells the page of those
 * that take long; quitting waits for all of them.
 */
import { isOperationName, contract } from '../../shared/contract.ts';
import { isShellName, shellContract, type RunningWork, type ShellNotices } from '../../shared/shell/contract.ts';

export type Work = { readonly number: number; readonly stop: Int32Array; readonly title: string; /** Whether it may change the ledger. */ readonly changes: boolean };

export type Works = {
  /** Runs a call under a number of its own. */
  during<T>(name: string, run: (work: Work) => Promise<T>): Promise<T>;
  progressed(number: number, step: { readonly done: number; readonly total: number; readonly label: string }): void;
  /** @returns false when no such work is running */
  stop(number: number): boolean;
  stopAll(): void;
  /** Calls that reported progress and are still running. */
  running(): RunningWork[];
  /** The title of a running call that may change the ledger, or null. */
  changing(): string | null;
  /** Settles when nothing is running. */
  quiet(): Promise<void>;
};

type Entry = { readonly work: Work; readonly operation: string; step: { readonly done: number; readonly total: number; readonly label: string } | null };

export function works(tell: (notice: ShellNotices['progress']) => void): Works {
  const entries = new Map<number, Entry>();
  let last = 0;
  let waitingForQuiet: (() => void)[] = [];
  const shown = (entry: Entry): RunningWork => ({
    work: entry.work.number, operation: entry.operation, title: entry.work.title,
    done: entry.step?.done ?? 0, total: entry.step?.total ?? 0, label: entry.step?.label ?? '', stopping: isStopping(entry),
  });
  const stop = (entry: Entry): void => {
    Atomics.store(entry.work.stop, 0, 1);
    if (entry.step !== null) tell({ ...shown(entry), ended: false });
  };
  return {
    async during(name, run) {
      last += 1;
      const work: Work = { number: last, stop: new Int32Array(new SharedArrayBuffer(4)), title: titleOf(name), changes: isOperationName(name) && contract[name].kind === 'command' };
      const entry: Entry = { work, operation: name, step: null };
      entries.set(work.number, entry);
      try {
        return await run(work);
      } finally {
        entries.delete(work.number);
        if (entry.step !== null) tell({ ...shown(entry), ended: true });
        if (entries.size === 0) {
          for (const resolve of waitingForQuiet) resolve();
          waitingForQuiet = [];
        }
      }
    },
    progressed(number, step) {
      const entry = entries.get(number);
      if (entry === undefined) return;
      entry.step = step;
      tell({ ...shown(entry), ended: false });
    },
    stop(number) {
      const entry = entries.get(number);
      if (entry !== undefined) stop(entry);
      return entry !== undefined;
    },
    stopAll() {
      for (const entry of entries.values()) stop(entry);
    },
    running: () => [...entries.values()].filter((entry) => entry.step !== null).map(shown),
    changing: () => [...entries.values()].find((entry) => entry.work.changes)?.work.title ?? null,
    quiet: () => (entries.size === 0 ? Promise.resolve() : new Promise((resolve) => waitingForQuiet.push(resolve))),
  };
}

function isStopping(entry: Entry): boolean {
  return Atomics.load(entry.work.stop, 0) === 1;
}

function titleOf(name: string): string {
  if (isOperationName(name)) return contract[name].title;
  return isShellName(name) ? shellContract[name].title : name;
}
