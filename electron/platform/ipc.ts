/**
 * The one channel between page and program 通道: `invoke` carries a name and the input as JSON text, `notice` carries what the program says unasked. It
 * checks who sends, how large and whether it is plain data; which names exist and who may is the session's business. Never throws across.
 * @source shared spec faults.md G02, G03, G07
 */
import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { refusal } from '../../shared/errors.ts';
import { refusedReply, type Reply } from '../../shared/reply.ts';
import { readRequest, isOwnPage } from './request.ts';

/** @returns the reply, or null for a page that is no window of ours */
export type Serve = (sender: WebContents, name: string, input: unknown) => Promise<Reply> | null;

/** Serves the channel for every window. */
export function serveBridge(serve: Serve): void {
  ipcMain.handle('invoke', async (event, ...parts: unknown[]): Promise<Reply> => {
    if (!isOwnPage(frameOf(event.senderFrame))) return strange();
    const request = readRequest(parts);
    if (request.kind === 'refused') return refusedReply(refusal(request.code, request.params));
    return (await serve(event.sender, request.name, request.input)) ?? strange();
  });
}

function frameOf(frame: WebFrameMain | null): { readonly url: string; readonly topmost: boolean } | null {
  return frame === null ? null : { url: frame.url, topmost: frame.parent === null };
}

function strange(): Reply<never> {
  return refusedReply(refusal('SENDER_REFUSED'));
}

/** Tells one page something unasked. */
export function tellPage(contents: WebContents, topic: string, notice: unknown): void {
  if (!contents.isDestroyed()) contents.send('notice', topic, notice);
}
