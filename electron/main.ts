/**
 * Composition root of the window application 窗口程序: one instance, a session a window, an office in a worker thread of its own. It wires Electron to
 * the shell and decides nothing that the shell or the office could decide.
 * @source shared spec ledger.md 3.1; decisions.md 6, 20
 */
import { join } from 'node:path';
import { app, BrowserWindow, Menu, session, type WebContents } from 'electron';
import { shanghaiDateTime, instantOf } from '../shared/kernel/civil-date.ts';
import { shippedCounties } from './platform/county-list.ts';
import { fileBytes, folderEntries, folderName, folderState, unsuitableFolder } from './platform/data-folder.ts';
import { askQuit, dialogsOf, revealFile } from './platform/dialogs.ts';
import { guardEveryPage, guardSession } from './platform/guards.ts';
import { hexOf, systemRandom } from './platform/hash.ts';
import { serveBridge, tellPage } from './platform/ipc.ts';
import { logFault } from './platform/log.ts';
import { chromiumSwitches } from './platform/page-preferences.ts';
import { withPaperFonts } from './platform/paper-fonts.ts';
import { printedPages, type PaperWindow } from './platform/print-window.ts';
import { programFolders } from './platform/program-folders.ts';
import { registerAppScheme, serveAppFiles } from './platform/protocol.ts';
import { recentOffices } from './platform/recent-offices.ts';
import { writeFaultNames, writeOutput } from './platform/output-file.ts';
import { encodeText } from './platform/text-file.ts';
import { makeWindow, showStartPage } from './platform/window.ts';
import { windowTitle } from './platform/window-words.ts';
import { startOffice } from './shell/office-thread.ts';
import { closeWithCare } from './shell/closing.ts';
import { windowSession, type WindowSession } from './shell/window-session.ts';

const product = '留抵直达';
/** Minutes of idleness before a real office asks for the password again (faults.md H08). */
const lockAfterMinutes = 15;
const idleCheckMs = 10_000;

const folders = programFolders();
const printed = printedPages(app.isPackaged);
const sessions = new Map<WebContents, WindowSession>();

registerAppScheme();
for (const [name, value] of chromiumSwitches) app.commandLine.appendSwitch(name, value);
app.enableSandbox();
guardEveryPage(app);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    showNewest();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  Menu.setApplicationMenu(null);
  guardSession(session.defaultSession);
  serveAppFiles(folders.page, printed);
  serveBridge((sender, name, input) => sessions.get(sender)?.invoke(name, input) ?? null);
  setInterval(() => {
    for (const each of sessions.values()) each.tick();
  }, idleCheckMs).unref();
  await openWindow();
}

async function openWindow(): Promise<void> {
  const window = makeWindow({ preload: folders.preload, icon: join(folders.resources, 'icons/icon.png'), packaged: app.isPackaged, title: product });
  const contents = window.webContents;
  const shownPapers: PaperWindow[] = [];
  const served = windowSession(
    {
      program: { name: product, version: app.getVersion() },
      clock: () => Date.now(),
      random: systemRandom,
      lockAfterMinutes,
      startOffice: (progressed) => startOffice({ progressed, faulted: (error) => void faulted(error) }),
      dialogs: dialogsOf(window),
      folders: { nameOf: folderName, stateOf: folderState, unsuitable: unsuitableFolder, bytesOf: fileBytes, list: folderEntries, reveal: revealFile, write: writeNamed },
      paper: {
        withFonts: (html) => withPaperFonts(html, folders.paperFonts),
        print: printed.print,
        async show(title, html) {
          shownPapers.push(await printed.show(windowTitle(title, served.status().office?.identity ?? null), html, window));
        },
        csvBytes: (text) => encodeText(text, 'utf-8-bom'),
      },
      recent: recentOffices(join(app.getPath('userData'), 'recent-offices.json')),
      counties: () => shippedCounties(folders.resources),
      newWindow: () => void openWindow(),
      tell(topic, notice) {
        if (topic === 'status' && !window.isDestroyed()) window.setTitle(windowTitle(product, served.status().office?.identity ?? null));
        tellPage(contents, topic, notice);
      },
    },
    faulted,
  );
  sessions.set(contents, served);
  contents.on('input-event', () => {
    served.touched();
  });
  const closing = closeWithCare(served, {
    ask: (title) => askQuit(window, title),
    gone() {
      sessions.delete(contents);
      for (const paper of shownPapers) paper.close();
      window.destroy();
    },
    faulted,
  });
  window.on('close', (event) => {
    event.preventDefault();
    closing();
  });
  await showStartPage(window);
}

function writeNamed(path: string, bytes: Uint8Array, replace: boolean): string | null {
  const fault = writeOutput(path, bytes, replace);
  return fault === null ? null : writeFaultNames[fault];
}

/** A second start shows what is already open. */
function showNewest(): void {
  const window = BrowserWindow.getAllWindows().at(-1);
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Writes a fault of the program to its own log; an office writes its own beside its ledger. */
function faulted(error: unknown): string {
  const reference = hexOf(systemRandom(4)).toUpperCase();
  logFault(app.getPath('userData'), reference, shanghaiDateTime(instantOf(Date.now())), error);
  return reference;
}
