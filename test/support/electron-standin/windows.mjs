/* `BrowserWindow`: a window of Chromium with Electron's life: hidden, shown, asked to close, destroyed. Only isolated, sandboxed pages run here. */
import { EventEmitter } from 'node:events';
import { app, lastWindowGone } from './app.mjs';
import { WebContents } from './contents.mjs';
import { state, windows } from './state.mjs';
import { prevented, strict } from './strict.mjs';

let lastId = 0;

export class BrowserWindow extends EventEmitter {
  id = (lastId += 1);
  targetId = null;
  standinUp = null;
  #destroyed = false;
  #visible;
  #title;
  #bounds;
  constructor(options = {}) {
    super();
    const preferences = options.webPreferences ?? {};
    for (const [name, wanted] of [['contextIsolation', true], ['sandbox', true], ['nodeIntegration', false], ['webSecurity', true], ['webviewTag', false]]) {
      if ((preferences[name] ?? wanted) !== wanted) throw new Error(`the stand-in runs pages with ${name} ${wanted} only`);
    }
    this.#visible = options.show !== false;
    this.#title = options.title ?? app.name;
    this.#bounds = { x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = new WebContents(this);
    windows.add(this);
    this.standinUp = this.#create(preferences.preload);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }
  async #create(preload) {
    const { width, height } = this.#bounds;
    const { targetId } = await state.browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height });
    this.targetId = targetId;
    await this.webContents.standinSetup(targetId, preload);
  }
  static getAllWindows() {
    return [...windows];
  }
  static getFocusedWindow() {
    return [...windows].at(-1) ?? null;
  }
  static fromWebContents(contents) {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id) {
    return [...windows].find((window) => window.id === id) ?? null;
  }
  loadURL(url) {
    return this.webContents.loadURL(url);
  }
  show() {
    this.#visible = true;
    this.emit('show', {});
  }
  focus() {
    this.emit('focus', {});
  }
  restore() {}
  isVisible() {
    return this.#visible;
  }
  isMinimized() {
    return false;
  }
  isDestroyed() {
    return this.#destroyed;
  }
  getTitle() {
    return this.#title;
  }
  setTitle(title) {
    this.#title = title;
  }
  getBounds() {
    return { ...this.#bounds };
  }
  async close() {
    await this.standinUp;
    if (this.#destroyed || prevented(this, 'close')) return;
    this.destroy();
  }
  destroy() {
    if (this.#destroyed) return;
    this.targetGone();
    // A target that went by itself cannot be closed any more.
    void this.standinUp.then(() => state.browser.send('Target.closeTarget', { targetId: this.targetId })).catch(() => undefined);
  }
  targetGone() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    this.webContents.emit('destroyed', {});
    this.emit('closed', {});
    if (windows.size === 0) lastWindowGone();
  }
  targetChanged(url, title) {
    this.webContents.standinChanged(url, title);
  }
  /** A window the page opened and the program allowed: plain, without a handle for its opener. */
  standinOpen(url) {
    void new BrowserWindow().loadURL(url);
  }
}
strict('BrowserWindow', BrowserWindow.prototype);

export const webContents = strict('webContents module', {
  getAllWebContents: () => [...windows].map((window) => window.webContents),
  fromId: (id) => [...windows].find((window) => window.webContents.id === id)?.webContents,
  fromDevToolsTargetId: (targetId) => [...windows].find((window) => window.targetId === targetId)?.webContents,
});
