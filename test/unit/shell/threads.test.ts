/** The plumbing between threads and what closing a window waits for: nothing is lost silently, nobody waits for ever. */
import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, test } from 'vitest';
import { contract } from '../../../shared/contract.ts';
import { guardEveryPage, guardSession } from '../../../electron/platform/guards.ts';
import { pagePreferences } from '../../../electron/platform/page-preferences.ts';
import { windowTitle, zoomAfter } from '../../../electron/platform/window-words.ts';
import { LineBroken, startWorker } from '../../../electron/platform/worker-line.ts';
import { workerUrlFrom } from '../../../electron/platform/worker-url.ts';
import { closeWithCare } from '../../../electron/shell/closing.ts';
import { works } from '../../../electron/shell/works.ts';

describe('a line to a worker thread', () => {
  /** A worker that doubles numbers, tells what it heard, falls over on 'die' and never answers 'silent'. */
  const worker = new URL(`data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, body }) => {
      parentPort.postMessage({ kind: 'news', body: 'heard ' + body });
      if (body === 'die') setTimeout(() => { throw new Error('fell over'); });
      else if (typeof body === 'number') parentPort.postMessage({ kind: 'answer', id, body: body * 2 });
      else if (body !== 'silent') parentPort.postMessage({ kind: 'fault', id, message: 'no number' });
    });`)}`);

  test('questions are answered to whoever asked, and news arrive', async () => {
    const news: unknown[] = [];
    const line = startWorker(worker, (told) => news.push(told));
    expect(await Promise.all([line.ask(1), line.ask(2), line.ask(3)])).toEqual([2, 4, 6]);
    await expect(line.ask('text')).rejects.toThrow(LineBroken);
    expect(news).toEqual(['heard 1', 'heard 2', 'heard 3', 'heard text']);
    await line.terminate();
    await line.ended;
  });

  test('when the thread ends, every open and every later question is answered with that', async () => {
    const line = startWorker(worker, () => undefined);
    const open = line.ask('silent').catch((error: unknown) => error);
    line.ask('die').catch(() => undefined);
    const fault = await open;
    expect(fault).toBeInstanceOf(LineBroken);
    expect(String(fault)).toContain('fell over');
    await line.ended;
    await expect(line.ask(1)).rejects.toThrow(LineBroken);
  });
});

test('a worker is found beside its caller in a checkout and beside the built code otherwise', () => {
  const source = new URL('file:///p/electron/roster/roster-worker.ts');
  expect(workerUrlFrom('file:///p/electron/platform/worker-url.ts', source).href).toBe(source.href);
  expect(workerUrlFrom('file:///p/out/main/main.js', new URL('file:///p/out/main/roster-worker.ts')).href).toBe('file:///p/out/main/roster-worker.js');
  expect(workerUrlFrom('file:///p/app.asar/out/main/piece-x.js', new URL('../office-worker.ts', 'file:///p/app.asar/out/main/piece-x.js')).href).toBe('file:///p/app.asar/out/main/office-worker.js');
});

describe('closing a window', () => {
  const approval = contract['refunds.approve'].title;
  const outcome = async (running: boolean, choice: 'stay' | 'when-done' | 'stop'): Promise<string[]> => {
    const happened: string[] = [];
    let finish = (): void => undefined;
    const working = works(() => undefined);
    const work = running ? working.during('refunds.approve', () => new Promise<void>((resolve) => { finish = resolve; })) : Promise.resolve();
    const close = closeWithCare(
      { works: { ...working, stopAll: () => { happened.push('stop'); finish(); } }, end: () => { happened.push('ledger closed'); return Promise.resolve(); } },
      {
        ask: (title) => { happened.push(`asked about ${title}`); return Promise.resolve(choice); },
        gone: () => happened.push('gone'),
        faulted: (error) => happened.push(String(error)),
      },
    );
    close();
    close();
    await new Promise((resolve) => setTimeout(resolve, 5));
    happened.push('…');
    finish();
    await work;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return happened;
  };

  test.each([
    ['nothing is running', false, 'stay', ['ledger closed', 'gone', '…']],
    ['an act runs and the person goes on', true, 'stay', [`asked about ${approval}`, '…']],
    ['an act runs and the person waits', true, 'when-done', [`asked about ${approval}`, '…', 'ledger closed', 'gone']],
    ['an act runs and the person stops it', true, 'stop', [`asked about ${approval}`, 'stop', 'ledger closed', 'gone', '…']],
  ] as const)('%s', async (_what, running, choice, expected) => {
    expect(await outcome(running, choice)).toEqual(expected);
  });
});

test('pages run with exactly these rights', () => {
  expect(pagePreferences('preload.cjs', true)).toEqual({
    preload: 'preload.cjs', contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
    webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, disableDialogs: true,
    spellcheck: false, devTools: false,
  });
  expect(pagePreferences(null, true)).not.toHaveProperty('preload');
});

test('every permission is refused, every download prevented, every way out of the page closed', () => {
  const answers: boolean[] = [];
  const prevented: string[] = [];
  const downloads = new EventEmitter();
  guardSession(Object.assign(downloads, {
    setPermissionRequestHandler: (handler: (...args: unknown[]) => void) => { handler(null, 'geolocation', (allowed: boolean) => answers.push(allowed)); },
    setPermissionCheckHandler: (handler: (...args: unknown[]) => boolean) => answers.push(handler(null, 'clipboard-read', '', {})),
    setDevicePermissionHandler: (handler: (...args: unknown[]) => boolean) => answers.push(handler({})),
    setSpellCheckerEnabled: (enabled: boolean) => answers.push(enabled),
    webRequest: { onBeforeRequest: (listener: (details: unknown, answer: (reply: { cancel: boolean }) => void) => void) => { listener({ url: 'https://example.com/' }, ({ cancel }) => answers.push(!cancel)); } },
  }) as unknown as Session); // the few members of Electron's session that the guard uses
  const app = new EventEmitter();
  guardEveryPage(app as unknown as App); // as above
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: (handler: () => { action: string }) => prevented.push(handler().action) });
  app.emit('web-contents-created', {}, contents);
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) contents.emit(name, { preventDefault: () => prevented.push(name) });
  downloads.emit('will-download', { preventDefault: () => prevented.push('will-download') });
  expect(answers).toEqual([false, false, false, false, false]);
  expect(prevented).toEqual(['deny', 'will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview', 'will-download']);
});

test.each([
  [null, '留抵直达'],
  [{ name: '凌源市税务局', practice: false }, '凌源市税务局 — 留抵直达'],
  [{ name: '凌源市税务局', practice: true }, '【演练】凌源市税务局 — 留抵直达'],
])('the title says whose office it is and whether it is practice: %j', (office, title) => {
  expect(windowTitle('留抵直达', office)).toBe(title);
});

test.each([
  ['+', 1, 1.1], ['=', 1.9, 2], ['-', 1, 0.9], ['0', 2.5, 1], ['+', 3, 3], ['-', 0.5, 0.5], ['p', 1, null],
])('control and %s at zoom %d', (key, zoom, next) => {
  expect(zoomAfter(zoom, { type: 'keyDown', key, control: true, meta: false, alt: false })).toBe(next);
  expect(zoomAfter(zoom, { type: 'keyDown', key, control: false, meta: false, alt: false })).toBeNull();
});
