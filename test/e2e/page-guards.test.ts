/** What a page of the built program can reach, tried from inside the page: the bridge and nothing else. One launch. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../electron/platform/app-files.ts';
import { requestBytesMax } from '../../electron/platform/request.ts';
import { answerOpenDialogs, done, fileFolder, invoke, openProgram, practiceOffice, refusedCode, shellDone, type Program } from '../support/program.ts';

const folder = fileFolder();
let program: Program;

beforeAll(async () => {
  program = await openProgram({ folder });
});

afterAll(async () => {
  await program.app.close();
});

/** Waits until the page has drawn twice and the program has answered it: whatever the page asked for before has been heard by then. */
async function answersAfterwards(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  expect((await invoke(page, 'shell.status', {})).ok).toBe(true);
}

/** Windows the program has, as it counts them. */
const windows = (): Promise<number> => program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const address = (): Promise<string> => program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL().replace(/#.*/, '') ?? '');

describe('the bridge', () => {
  test('is exactly invoke and subscribe, frozen', async () => {
    expect(await program.page.evaluate(() => ({
      keys: Object.keys(window.liudi).sort(),
      kinds: [typeof window.liudi.invoke, typeof window.liudi.subscribe],
      frozen: Object.isFrozen(window.liudi),
      replaced: Reflect.set(window, 'liudi', null),
    }))).toEqual({ keys: ['invoke', 'subscribe'], kinds: ['function', 'function'], frozen: true, replaced: false });
  });

  test('leaves nothing of Node, Electron or the preload script in the page', async () => {
    expect(await program.page.evaluate(() => {
      const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron', 'setImmediate'];
      return { found: names.filter((name) => name in globalThis), strange: Object.getOwnPropertyNames(window).filter((name) => /standin|electron|ipc|nodejs/i.test(name)) };
    })).toEqual({ found: [], strange: [] });
  });

  test.each([
    ['a name outside the tables', 'no.such.operation', {}, 'UNKNOWN_OPERATION'],
    ['a name of a prototype', '__proto__', {}, 'UNKNOWN_OPERATION'],
    ['an empty name', '', {}, 'UNKNOWN_OPERATION'],
    ['an unknown field', 'shell.status', { username: 'admin' }, 'INPUT_INVALID'],
    ['a list for an input', 'shell.status', [], 'INPUT_INVALID'],
    ['a megabyte', 'shell.status', 'x'.repeat(requestBytesMax), 'REQUEST_TOO_LARGE'],
    ['an operation before an office is open', 'administration.operators', {}, 'OFFICE_NOT_OPEN'],
  ])('answers %s with a refusal', async (_what, name, input, code) => {
    expect(await refusedCode(program.page, name, input)).toBe(code);
  });

  test('answers what cannot cross, too, without throwing', async () => {
    expect(await program.page.evaluate(async () => {
      const ask = (name: unknown, input?: unknown): Promise<string> =>
        (window.liudi.invoke as (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>)(name, input).then((reply) => reply.error?.code ?? 'done', (error: unknown) => `threw ${String(error)}`);
      const cyclic: Record<string, unknown> = {};
      cyclic['self'] = cyclic;
      const prototype = JSON.parse('{"__proto__":{"a":1}}') as unknown;
      return [await ask('shell.status'), await ask(undefined, {}), await ask({ toString: () => 'shell.status' }, {}), await ask('shell.status', { n: 1n }), await ask('shell.status', prototype)];
    })).toEqual(['done', 'UNKNOWN_OPERATION', 'UNKNOWN_OPERATION', 'REQUEST_MALFORMED', expect.stringMatching(/REQUEST_MALFORMED|INPUT_INVALID|done/)]);
  });

  test('hears topics of the table only', async () => {
    expect(await program.page.evaluate(() => {
      try {
        (window.liudi.subscribe as (topic: string, listener: () => void) => () => void)('ledger', () => undefined);
        return 'subscribed';
      } catch {
        return 'refused';
      }
    })).toBe('refused');
  });
});

describe('the page', () => {
  test('has no network, no files and no scheme but its own', async () => {
    const reached = await program.page.evaluate(async () => {
      const tried = ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/hosts', 'app://other/index.html', 'app://liudi/index.html', 'data:text/plain,x', 'blob:x'];
      const fetched = await Promise.all(tried.map((url) => fetch(url).then(() => url, () => null)));
      const socket = await new Promise((resolve) => {
        try {
          const opened = new WebSocket('ws://127.0.0.1:1/');
          opened.onopen = () => { resolve('open'); };
          opened.onerror = () => { resolve(null); };
        } catch {
          resolve(null);
        }
      });
      return [...fetched, socket].filter((found) => found !== null);
    });
    expect(reached).toEqual([]);
  });

  test('runs no script and shows no picture from elsewhere, and no script written into it', async () => {
    expect(await program.page.evaluate(async () => {
      const loads = (element: HTMLElement): Promise<string> => new Promise((resolve) => {
        element.onload = () => { resolve('loaded'); };
        element.onerror = () => { resolve('refused'); };
        document.body.append(element);
      });
      const picture = await loads(Object.assign(new Image(), { src: 'https://example.com/a.png' }));
      const script = await loads(Object.assign(document.createElement('script'), { src: 'data:text/javascript,window.ran=1' }));
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 2' }));
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.ran = 3"><a id="js" href="javascript:window.ran = 4">x</a>');
      document.getElementById('js')?.click();
      let evaluated = 'refused';
      try {
        evaluated = String(globalThis.eval('5'));
      } catch {
        // the policy has no unsafe-eval
      }
      return { picture, script, evaluated, ran: (window as { ran?: number }).ran ?? null };
    })).toEqual({ picture: 'refused', script: 'refused', evaluated: 'refused', ran: null });
  });

  test('cannot leave its address', async () => {
    const before = await address();
    for (const leave of ["location.href = 'https://example.com/'", "location.assign('app://liudi/assets/')", "location.replace('file:///etc/hosts')", 'location.reload()',
      "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }))",
      "(() => { const form = document.createElement('form'); form.action = 'https://example.com/'; form.method = 'post'; document.body.append(form); form.submit(); })()"]) {
      await program.page.evaluate(leave).catch(() => undefined);
      await answersAfterwards(program.page);
    }
    expect(await address()).toBe(before);
    expect(before).toBe('app://liudi/index.html');
    expect((await invoke(program.page, 'shell.status', {})).ok).toBe(true);
  });

  test('opens no window, by script or by link', async () => {
    await program.page.evaluate(() => {
      window.open('https://example.com/');
      window.open('about:blank');
      window.open('app://liudi/index.html');
      const link = Object.assign(document.createElement('a'), { href: 'app://liudi/index.html', target: '_blank' });
      document.body.append(link);
      link.click();
      link.remove();
    });
    await answersAfterwards(program.page);
    expect(await windows()).toBe(1);
  });

  test('gets no permission and downloads nothing', async () => {
    expect(await program.page.evaluate(async () => {
      const refused = (asked: Promise<unknown> | undefined): Promise<string> => (asked ?? Promise.reject(new Error('absent'))).then(() => 'granted', () => 'refused');
      const place = new Promise((resolve, reject) => { navigator.geolocation.getCurrentPosition(resolve, () => { reject(new Error('no')); }, { timeout: 500 }); });
      const link = Object.assign(document.createElement('a'), { href: 'data:text/plain,x', download: 'x.txt' });
      document.body.append(link);
      link.click();
      link.remove();
      const sound = navigator.mediaDevices.getUserMedia({ audio: true });
      return [await refused(place), await refused(navigator.clipboard.readText()), await refused(sound), await refused('Notification' in window ? Notification.requestPermission().then((answer) => (answer === 'granted' ? answer : Promise.reject(new Error(answer)))) : undefined)];
    })).toEqual(['refused', 'refused', 'refused', 'refused']);
  });
});

describe('the page\'s own files', () => {
  test('are served, and whatever lies beside them is not', async () => {
    const loads = (paths: readonly string[]): Promise<string[]> => program.page.evaluate(async (tried) => Promise.all(tried.map((path) => new Promise<string>((resolve) => {
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: path });
      sheet.onload = () => { resolve('loaded'); sheet.remove(); };
      sheet.onerror = () => { resolve('refused'); sheet.remove(); };
      document.head.append(sheet);
    }))), paths);
    const [own] = await program.page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet]')].map((sheet) => sheet.getAttribute('href') ?? ''));
    expect(await loads([own ?? ''])).toEqual(['loaded']);
    const outside = ['..%2fmain%2fmain.js', '..%2f..%2fpackage.json', '..%5c..%5cpackage.json', '%2e%2e/%2e%2e/package.json', 'assets/..%2f..%2fpreload%2fpreload.cjs', 'missing.css', 'assets'];
    expect(await loads(outside)).toEqual(outside.map(() => 'refused'));
  });

  test('the policy the page lives under is the exact one', async () => {
    const violations = await program.page.evaluate(async () => {
      const heard = new Promise<string>((resolve) => { document.addEventListener('securitypolicyviolation', (event) => { resolve(event.originalPolicy); }, { once: true }); });
      document.body.append(Object.assign(new Image(), { src: 'https://example.com/b.png' }));
      return heard;
    });
    expect(violations).toBe(contentSecurityPolicy);
  });
});

describe('files a person did not point at', () => {
  test('cannot be named: neither paths nor made-up tokens', async () => {
    await practiceOffice(program, { agency: 'tax', dir: join(folder, 'tax'), as: 'handler' });
    expect(await refusedCode(program.page, 'roster.import', { file: join(folder, 'tax', 'ledger.db'), period: '2022-04' })).toBe('FILE_UNKNOWN');
    expect(await refusedCode(program.page, 'roster.import', { file: `file-${'a'.repeat(32)}`, period: '2022-04' })).toBe('FILE_UNKNOWN');
    expect(await refusedCode(program.page, 'shell.listFolder', { folder })).toBe('INPUT_INVALID');
    await answerOpenDialogs(program.app, null);
    expect(await shellDone(program.page, 'shell.pickFile', { kind: 'roster' })).toBeNull();
  });

  test('no answer of the program holds a path of this machine', async () => {
    await answerOpenDialogs(program.app, folder);
    const answers = [
      await shellDone(program.page, 'shell.status', {}),
      await shellDone(program.page, 'shell.recentOffices', {}),
      await shellDone(program.page, 'shell.pickFolder', { purpose: 'stick' }),
      await done(program.page, 'administration.status', {}),
    ];
    expect(JSON.stringify(answers)).not.toContain(folder);
    expect(JSON.stringify(answers)).not.toContain(program.userData);
  });
});
