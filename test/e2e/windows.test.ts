/** Windows of the built program: a practice office beside another, titles, a second start, zoom, what is told unasked, a page that died. One launch. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperText } from '../support/paper.ts';
import { answerOpenDialogs, answerSaveDialogs, done, electronExecutable, fileFolder, openProgram, practiceOffice, refusedCode, shellDone, shown, type Program } from '../support/program.ts';
import { programRoot } from '../../electron/platform/program-build.ts';

const folder = fileFolder();
let program: Program;
let second: Page;

beforeAll(async () => {
  program = await openProgram({ folder });
  await practiceOffice(program, { agency: 'tax', dir: join(folder, 'tax'), as: 'handler' });
  const opened = program.app.waitForEvent('window');
  await shellDone(program.page, 'shell.newWindow', {});
  second = await shown(await opened);
});

afterAll(async () => {
  await program.app.close();
});

const titles = (): Promise<string[]> => program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()).sort());

test('a new window has no office, nobody signed in, and its own office once one is opened', async () => {
  expect(await shellDone(second, 'shell.status', {})).toMatchObject({ office: null, person: null });
  expect(await titles()).toEqual(['【演练】凌源市演练单位 — 留抵直达', '留抵直达']);
  await practiceOffice(program, { agency: 'treasury', dir: join(folder, 'treasury'), as: 'reviewer' }, second);
  expect((await done(second, 'administration.agency', {})).agency).toBe('treasury');
  expect((await done(program.page, 'administration.agency', {})).agency).toBe('tax');
  expect(await shellDone(program.page, 'shell.status', {})).toMatchObject({ office: { identity: { practice: true } }, person: { username: 'handler' } });
});

test('a token of one window opens nothing in the other', async () => {
  await answerOpenDialogs(program.app, folder);
  const picked = await shellDone(program.page, 'shell.pickFolder', { purpose: 'stick' });
  expect(await refusedCode(second, 'shell.listFolder', { folder: picked?.token ?? '' })).toBe('FILE_UNKNOWN');
  expect((await shellDone(program.page, 'shell.listFolder', { folder: picked?.token ?? '' })).files).toEqual([]);
});

test('a change of the session is told to its own window only', async () => {
  for (const page of [program.page, second]) {
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.liudi.subscribe('status', (status) => heard.push(`${status.person?.username ?? 'nobody'} ${status.locked ? 'locked' : 'open'}`));
    });
  }
  await shellDone(program.page, 'shell.lock', {});
  expect(await refusedCode(program.page, 'administration.operators', {})).toBe('SESSION_LOCKED');
  await shellDone(program.page, 'shell.unlock', { password: null });
  const heard = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  await expect.poll(() => heard(program.page)).toEqual(['handler locked', 'handler open']);
  expect(await heard(second)).toEqual([]);
});

test('a second start gives way to the first and shows it', async () => {
  await program.app.evaluate(({ app }) => {
    app.once('second-instance', () => { Object.assign(globalThis, { secondStartSeen: true }); });
  });
  const code = await new Promise<number | null>((resolve) => {
    spawn(electronExecutable, [programRoot, `--user-data-dir=${program.userData}`], { stdio: 'ignore' }).on('close', resolve);
  });
  expect(code).toBe(0);
  await expect.poll(() => program.app.evaluate(() => (globalThis as { secondStartSeen?: boolean }).secondStartSeen)).toBe(true);
  expect(await titles()).toHaveLength(2);
});

test('control and plus enlarge the page, control and zero restore it', async () => {
  const zoom = (): Promise<number[]> => program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getZoomFactor()).sort());
  await program.page.keyboard.press('Control+=');
  await program.page.keyboard.press('Control+=');
  await expect.poll(zoom).toEqual([1, 1.2]);
  await program.page.keyboard.press('Control+0');
  await expect.poll(zoom).toEqual([1, 1]);
});

test('a report is shown in a window that can do nothing else, and Escape closes it', async () => {
  const opened = program.app.waitForEvent('window');
  const facts = await shellDone(program.page, 'shell.showPaper', { id: 'key-sheet' });
  expect(facts).toMatchObject({ empty: false, remarks: [] });
  const paper = await opened;
  await paper.getByText(facts.digest ?? '').first().waitFor({ state: 'attached' });
  expect(await paper.evaluate(() => ({ bridge: 'liudi' in window, font: document.fonts.size > 0 }))).toEqual({ bridge: false, font: true });
  expect(await titles()).toContain(`【演练】凌源市演练单位 — ${facts.title}`);
  const closed = paper.waitForEvent('close');
  await paper.keyboard.press('Escape').catch(() => undefined); // the window may be gone before the key is let go
  await closed;
  expect(await titles()).toHaveLength(2);
});

test('a report is saved where the person pointed, with the font that is shipped, and over another file only after the dialog asked', async () => {
  const file = join(folder, '指纹核对单.pdf');
  await answerSaveDialogs(program.app, file);
  const target = await shellDone(program.page, 'shell.pickSaveTarget', { kind: 'pdf', suggestedName: '指纹核对单' });
  const saved = await shellDone(program.page, 'shell.savePaper', { id: 'key-sheet', format: 'pdf', file: target?.token ?? '' });
  const bytes = readFileSync(file);
  expect(saved.bytes).toBe(bytes.length);
  const text = (await paperText(bytes)).join('');
  expect(text).toContain('凌源市演练单位');
  expect(text).toContain(saved.digest);
  expect(bytes.toString('latin1')).toContain('NotoSerifSC');
  // The system asks about the path it shows; where the ending was added afterwards nobody was asked, so nothing is replaced.
  writeFileSync(file, '另一份文件');
  await answerSaveDialogs(program.app, join(folder, '指纹核对单'));
  const unasked = await shellDone(program.page, 'shell.pickSaveTarget', { kind: 'pdf', suggestedName: '指纹核对单' });
  expect(unasked?.name).toBe('指纹核对单.pdf');
  expect(await refusedCode(program.page, 'shell.savePaper', { id: 'key-sheet', format: 'pdf', file: unasked?.token ?? '' })).toBe('REPORT_FILE_REFUSED');
  expect(readFileSync(file, 'utf8')).toBe('另一份文件');
  await answerSaveDialogs(program.app, file);
  const agreed = await shellDone(program.page, 'shell.pickSaveTarget', { kind: 'pdf', suggestedName: '指纹核对单' });
  const replaced = await shellDone(program.page, 'shell.savePaper', { id: 'key-sheet', format: 'pdf', file: agreed?.token ?? '' });
  expect(replaced.digest).toBe(saved.digest);
  expect((await paperText(readFileSync(file))).join('')).toContain(saved.digest);
  expect(await refusedCode(program.page, 'shell.savePaper', { id: 'key-sheet', format: 'csv', file: target?.token ?? '' })).toBe('REPORT_FORMAT_UNFIT');
  expect(await refusedCode(program.page, 'shell.savePaper', { id: 'key-sheet', format: 'pdf', file: file })).toBe('INPUT_INVALID');
});

test('closing one window closes its ledger and leaves the other', async () => {
  const gone = second.waitForEvent('close');
  await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().toSorted((a, b) => a.id - b.id).at(-1)?.close());
  await gone;
  expect(await titles()).toEqual(['【演练】凌源市演练单位 — 留抵直达']);
  await shellDone(program.page, 'shell.closeOffice', {});
  await answerOpenDialogs(program.app, join(folder, 'treasury'));
  const picked = await shellDone(program.page, 'shell.chooseFolder', { purpose: 'open' });
  await shellDone(program.page, 'shell.openOffice', { folder: picked?.token ?? '' });
  expect((await shellDone(program.page, 'shell.status', {})).office?.identity.agency).toBe('treasury');
});
