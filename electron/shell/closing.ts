/**
 * Closing a window 关闭窗口: never in the middle of an act without asking. While something that may change the ledger is running the person chooses:
 * go on, close when it is done, or stop it; then the ledger is closed, then the window goes.
 */
import type { WindowSession } from './window-session.ts';

export type ClosingTerms = {
  /** @param title of the act that is running */
  ask(title: string): Promise<'stay' | 'when-done' | 'stop'>;
  /** The ledger is closed: the window may go. */
  gone(): void;
  faulted(error: unknown): void;
};

/** @returns what a request to close calls; further requests while one is being answered are ignored */
export function closeWithCare(session: Pick<WindowSession, 'works' | 'end'>, terms: ClosingTerms): () => void {
  let closing = false;
  const close = async (): Promise<void> => {
    const running = session.works.changing();
    if (running !== null) {
      const choice = await terms.ask(running);
      if (choice === 'stay') {
        closing = false;
        return;
      }
      if (choice === 'stop') session.works.stopAll();
    }
    await session.works.quiet();
    await session.end();
    terms.gone();
  };
  return () => {
    if (closing) return;
    closing = true;
    void close().catch((error: unknown) => {
      terms.faulted(error);
      terms.gone();
    });
  };
}
