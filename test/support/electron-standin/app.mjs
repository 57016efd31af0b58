/* `app`: paths, switches, one instance per data folder, quitting; and the start of the browser under it. */
/* global console, setImmediate */
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, unlinkSync, watch, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { findChromium } from '../../../electron/platform/chromium.ts';
import { DevToolsPipe } from '../../../electron/platform/devtools-pipe.ts';
import { unmapped } from './protocol.mjs';
import { start, state, switchValue, windowOfTarget, windows } from './state.mjs';
import { prevented, strict } from './strict.mjs';

const switches = [];
const paths = new Map();
const ready = Promise.withResolvers();
let isReady = false;
let quitting = false;
let lockFile = null;

export class App extends EventEmitter {
  name = start.pkg.productName ?? start.pkg.name ?? basename(start.dir);
  isPackaged = !process.defaultApp;
  commandLine = strict('app.commandLine', {
    appendSwitch: (name, value) => switches.push(value ? `--${name}=${value}` : `--${name}`),
    hasSwitch: (name) => switchValue(name) !== undefined,
    getSwitchValue: (name) => switchValue(name) ?? '',
  });
  whenReady() {
    return ready.promise;
  }
  getVersion() {
    return start.pkg.version ?? '0.0.0';
  }
  getAppPath() {
    return start.dir;
  }
  getPath(name) {
    if (name === 'userData') return this.#userData();
    const known = { home: homedir(), temp: tmpdir(), appData: process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config') };
    if (known[name] === undefined) throw new Error(`electron stand-in has no path '${name}'`);
    return known[name];
  }
  #userData() {
    if (!paths.has('userData')) paths.set('userData', switchValue('user-data-dir') ?? join(this.getPath('appData'), this.name));
    mkdirSync(paths.get('userData'), { recursive: true });
    return paths.get('userData');
  }
  /** One instance per data folder: a file with the first one's process id; a later one leaves a note beside it, which the first one hears. */
  requestSingleInstanceLock() {
    const folder = this.getPath('userData');
    const file = join(folder, 'standin-instance');
    if (existsSync(file) && isRunning(Number(readFileSync(file, 'utf8')))) {
      writeFileSync(join(folder, `standin-second-${process.pid}`), JSON.stringify(process.argv));
      return false;
    }
    writeFileSync(file, String(process.pid));
    lockFile = file;
    watch(folder, { persistent: false }, (_event, name) => {
      const note = join(folder, name ?? '');
      if (!name?.startsWith('standin-second-') || !existsSync(note)) return;
      const argv = readFileSync(note, 'utf8');
      if (argv === '') return; // its writer is not done; the next change comes
      unlinkSync(note);
      this.emit('second-instance', {}, JSON.parse(argv), start.dir, null);
    });
    return true;
  }
  enableSandbox() {}
  async quit() {
    if (quitting) return;
    if (!isReady) {
      // As in Electron: quitting before ready ends the process once the current turn is over.
      setImmediate(() => this.exit(0));
      return;
    }
    if (prevented(this, 'before-quit')) return;
    quitting = true;
    // Every window is asked; one that stays calls the quitting off, as in Electron.
    for (const window of [...windows]) await window.close();
    if (windows.size > 0) {
      quitting = false;
      return;
    }
    if (prevented(this, 'will-quit')) quitting = false;
    else this.exit(0);
  }
  exit(code = 0) {
    quitting = true;
    this.emit('quit', {}, code);
    process.exit(code);
  }
}
strict('app', App.prototype);
export const app = new App();

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    // no such process: what is left of an earlier run holds no lock
    return false;
  }
}

/** Starts the browser; prints its debugging address when one was asked for, as Electron does. */
export async function startBrowser() {
  const chromium = await findChromium();
  if (chromium === null) throw new Error('electron stand-in: no Chromium on this machine');
  const port = switchValue('remote-debugging-port');
  const flags = [...chromium.flags, ...switches, '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--password-store=basic',
    `--user-data-dir=${join(app.getPath('userData'), 'standin-chromium')}`];
  const shown = port === undefined ? null : Promise.withResolvers();
  if (port !== undefined) flags.push(`--remote-debugging-port=${port}`);
  const headed = process.env.STANDIN_HEADED !== undefined;
  const browser = new DevToolsPipe({ ...chromium, flags: headed ? flags.filter((flag) => flag !== '--headless') : flags }, (line) => shown?.resolve(line));
  state.browser = browser;
  browser.on('exit', (code) => {
    if (quitting) return;
    console.error(`Chromium ended (${code})\n${browser.complaints}`);
    process.exit(1);
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  browser.on('Target.targetDestroyed', ({ targetId }) => windowOfTarget(targetId)?.targetGone());
  browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
    const window = windowOfTarget(targetInfo.targetId);
    if (window !== undefined) window.targetChanged(unmapped(targetInfo.url), targetInfo.title);
  });
  if (shown !== null) console.error(await shown.promise);
}

export function becomeReady() {
  isReady = true;
  ready.resolve();
  app.emit('ready', {});
}

/** Electron quits when the last window is gone and nobody listens. */
export function lastWindowGone() {
  if (!quitting && !app.emit('window-all-closed', {})) void app.quit();
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => app.exit(1));
process.on('exit', () => {
  state.browser?.end();
  if (lockFile !== null) rmSync(lockFile, { force: true });
});
