/**
 * The window program under test 被测程序: the built files, opened by the stand-in or, with LIUDI_ELECTRON, by a real Electron; Playwright drives both the
 * same way. Answers dialogs as a person would, because no test can click one.
 */
/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import type { OperationInput, OperationName, OperationOutput } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import type {} from '../../renderer/bridge.d.ts';
import type { ShellInput, ShellName, ShellOutput } from '../../shared/shell/contract.ts';
import { ensureBuilt, programRoot } from '../../electron/platform/program-build.ts';

/** Electron's executable, or what stands in for it. */
export const electronExecutable = process.env['LIUDI_ELECTRON'] ?? fileURLToPath(new URL('electron-standin/electron', import.meta.url));
/** A real Electron needs this where its sandbox cannot be set up, e.g. `--no-sandbox` for root. */
export const extraArgs = (process.env['LIUDI_ELECTRON_ARGS'] ?? '').split(' ').filter((arg) => arg !== '');

export type Program = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Electron's own data folder of this run; its lock and its preferences are there. */
  readonly userData: string;
  /** A folder of the test, gone with it. */
  readonly folder: string;
};

/** A step may take this long on a machine with much else to do; nothing waits longer than it must. */
export const stepMs = 60_000;

/** A folder that goes when the test file ends. */
export function fileFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-window-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return folder;
}

/** Opens the program and waits for its first window. @param given the folders of an earlier run, to open the same again */
export async function openProgram(given: { readonly folder: string; readonly env?: Readonly<Record<string, string>>; readonly programDir?: string }): Promise<Program> {
  await ensureBuilt();
  const userData = join(given.folder, 'user-data');
  const app = await _electron.launch({
    timeout: stepMs,
    executablePath: electronExecutable,
    args: [...extraArgs, given.programDir ?? programRoot, `--user-data-dir=${userData}`],
    env: { ...cleanEnv(), ...given.env },
  });
  app.context().setDefaultTimeout(stepMs);
  return { app, page: await shown(await app.firstWindow({ timeout: stepMs })), userData, folder: given.folder };
}

/** Waits until the page has drawn itself. */
export async function shown(page: Page): Promise<Page> {
  await page.locator('#app > *').first().waitFor();
  return page;
}

/** What vitest sets for itself must not reach the program. */
function cleanEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(?:VITEST|NODE_OPTIONS|NODE_ENV)/.test(entry[0])));
}

/** Calls the bridge as the page does. */
export async function invoke(page: Page, name: string, input: unknown): Promise<Reply> {
  return page.evaluate(([called, given]) => window.liudi.invoke(called, given), [name, input] as const);
}

/** Calls a row of the shell's table that must succeed. */
export async function shellDone<N extends ShellName>(page: Page, name: N, input: ShellInput<N>): Promise<ShellOutput<N>> {
  return valueOf(name, await invoke(page, name, input)) as ShellOutput<N>;
}

/** Calls an operation that must succeed. */
export async function done<N extends OperationName>(page: Page, name: N, input: OperationInput<N>): Promise<OperationOutput<N>> {
  return valueOf(name, await invoke(page, name, input)) as OperationOutput<N>;
}

/** Calls anything that must be refused. @returns its code */
export async function refusedCode(page: Page, name: string, input: unknown): Promise<string> {
  const reply = await invoke(page, name, input);
  return reply.ok ? `${name} was not refused` : reply.error.code;
}

function valueOf(name: string, reply: Reply): unknown {
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
  return reply.value;
}

/** The next dialogs that ask for a folder or a file get this path; null cancels. */
export async function answerOpenDialogs(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, path);
}

export async function answerSaveDialogs(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
  }, path);
}

/** Questions with buttons are answered with the button of this number. */
export async function answerQuestions(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ dialog }, response) => {
    dialog.showMessageBox = () => Promise.resolve({ response, checkboxChecked: false });
  }, button);
}

/** Founds a practice office in a new folder and signs somebody in. */
export async function practiceOffice(program: Program, terms: { readonly agency: 'tax' | 'finance' | 'treasury'; readonly dir: string; readonly as: string }, page = program.page): Promise<void> {
  await answerOpenDialogs(program.app, terms.dir);
  const picked = await shellDone(page, 'shell.chooseFolder', { purpose: 'found' });
  if (picked === null) throw new Error('no folder was chosen');
  await shellDone(page, 'shell.foundOffice', { practice: true, folder: picked.token, agency: terms.agency, county: '211382', name: '凌源市演练单位' });
  await shellDone(page, 'shell.signIn', { username: terms.as, password: null });
}
