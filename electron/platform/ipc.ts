/**
 * The one channel between page and program 通道: `invoke` carries a name and the input as JSON text, `notice` carries what the program says unasked. It
 * checks who sends, how large and whether it is plain data; which names exist and who may is the session's business. Never throws across.
 * @source shared spec faults.md G02, G03, G07
 */
import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import type { Reply } from '../../shared/contract.ts';
import { errorMessage, type ErrorKey } from '../../shared/errors.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { readRequest, isOwnPage } from './request.ts';

/** @returns the reply, or null for a page that is no window of ours */
export type Serve = (sender: WebContents, name: string, input: unknown) => Promise<Reply> | null;

/** Serves the channel for every window. */
export function serveBridge(serve: Serve): void {
  ipcMain.handle('invoke', async (event, ...parts: unknown[]): Promise<Reply> => {
    if (!isOwnPage(frameOf(event.senderFrame))) return refused('SENDER_REFUSED');
    const request = readRequest(parts);
    if (request.kind === 'refused') return refused(request.code, request.params);
    return (await serve(event.sender, request.name, request.input)) ?? refused('SENDER_REFUSED');
  });
}

function frameOf(frame: WebFrameMain | null): { readonly url: string; readonly topmost: boolean } | null {
  return frame === null ? null : { url: frame.url, topmost: frame.parent === null };
}

function refused(code: ErrorKey, params: ErrorParams = {}): Reply<never> {
  return { ok: false, error: { code, message: errorMessage(code, params), details: null } };
}

/** Tells one page something unasked. */
export function tellPage(contents: WebContents, topic: string, notice: unknown): void {
  if (!contents.isDestroyed()) contents.send('notice', topic, notice);
}
