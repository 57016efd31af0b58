/**
 * The bridge 桥 between the page and the program: exactly these two functions, frozen, put on `window` by the preload script. Everything the page
 * knows or does goes through them; there is no file, no network and no Node on this side.
 */
import type { Reply } from '../shared/reply.ts';
import type { ShellNotices, ShellTopic } from '../shared/shell/contract.ts';

declare global {
  interface Window {
    readonly liudi: {
      /**
       * Runs one operation of shared/contract.ts (`refunds.submit`) or of shared/shell/contract.ts (`shell.status`). Never rejects for refusals or
       * faults: those are `{ ok: false, error }`. `input` must be plain data: a Vue reactive object cannot cross, use `toRaw` or a copy.
       */
      invoke(name: string, input: unknown): Promise<Reply>;
      /** Hears a topic until the returned function is called. An unknown topic throws. */
      subscribe<T extends ShellTopic>(topic: T, listener: (notice: ShellNotices[T]) => void): () => void;
    };
  }
}
