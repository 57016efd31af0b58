/** Serves the built page under `app://` 页面协议: the only scheme the page can reach. Which file answers is decided in app-files.ts. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { appFileOf, appScheme, guardHeaders } from './app-files.ts';
import { printedAnswer, type PrintedPages } from './print-window.ts';

/** Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }]);
}

/** @param folder absolute path of the built page @param printed pages waiting to be printed; each is served once */
export function serveAppFiles(folder: string, printed: Pick<PrintedPages, 'take'>): void {
  protocol.handle(appScheme, async (request) => {
    const paper = printed.take(request.url);
    if (paper !== null) return printedAnswer(paper);
    const answer = appFileOf(folder, request.method, request.url);
    if (answer.kind === 'refused') return new Response(null, { status: answer.status, headers: guardHeaders });
    const bytes = await readIfPresent(answer.path);
    if (bytes === null) return new Response(null, { status: 404, headers: guardHeaders });
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { status: 200, headers: answer.headers });
  });
}

async function readIfPresent(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
