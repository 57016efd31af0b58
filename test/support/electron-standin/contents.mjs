/* `webContents`: one page in Chromium: its preload in an isolated world, its requests, its messages, its guards. */
/* global console, Request, URL */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { dispatch } from './ipc.mjs';
import { lineToPage } from './late.mjs';
import { downloadBegan, handlerOf, isCancelled, mapped, session, unmapped } from './protocol.mjs';
import { codec, pageText, state, wireText } from './state.mjs';
import { prevented, strict } from './strict.mjs';

const world = 'standin-preload';
let lastId = 0;

export class WebContents extends EventEmitter {
  id = (lastId += 1);
  session = session.defaultSession;
  #window;
  #page;
  #frameId;
  #worldId;
  #url = 'about:blank';
  #title = '';
  /** The address this process itself is loading; anything else that navigates is the page's doing. */
  #own = null;
  #zoom = 1;
  #line = lineToPage();
  #openHandler = () => ({ action: 'allow' });
  constructor(window) {
    super();
    this.#window = window;
    const contents = this;
    this.mainFrame = {
      get url() {
        return contents.#url;
      },
      get origin() {
        return new URL(contents.#url).origin;
      },
      parent: null,
    };
  }

  /** Attaches to the page and installs both worlds before any script of it runs. */
  async standinSetup(targetId, preload) {
    const page = (this.#page = await state.browser.attach(targetId));
    page.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === world && context.auxData.frameId === this.#frameId) this.#worldId = context.id;
    });
    page.on('Runtime.bindingCalled', ({ payload, executionContextId }) => void this.#heard(JSON.parse(payload), executionContextId));
    page.on('Fetch.requestPaused', (paused) => {
      // A fault of the program's own handler fails the request, as in Electron, and is shown.
      this.#requested(paused).catch((error) => {
        console.error(error);
        return page.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' }).catch(() => undefined);
      });
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => {
      this.emit('did-finish-load', {});
      this.#window.emit('ready-to-show', {});
    });
    page.on('Page.javascriptDialogOpening', () => void page.send('Page.handleJavaScriptDialog', { accept: false }));
    page.on('Page.downloadWillBegin', () => downloadBegan());
    page.on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    this.#frameId = (await page.send('Page.getFrameTree')).frameTree.frame.id;
    const token = randomUUID();
    const inPage = `(()=>{${pageText};installPage('${token}')})()`;
    await Promise.all([
      page.send('Page.enable'),
      page.send('Runtime.enable'),
      page.send('Page.setDownloadBehavior', { behavior: 'deny' }),
      page.send('Runtime.addBinding', { name: 'standinPost', executionContextName: world }),
      page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      page.send('Page.addScriptToEvaluateOnNewDocument', { source: inPage }),
      page.send('Page.addScriptToEvaluateOnNewDocument', { worldName: world, source: preloadText(token, preload) }),
    ]);
  }

  /** A message from the preload world. */
  async #heard({ kind, channel, id, args }, contextId) {
    const values = codec.decode(args);
    const event = { sender: this, senderFrame: this.mainFrame, processId: 1, frameId: 1 };
    if (kind === 'input') {
      this.emit('input-event', {}, values[0]);
      if (channel.startsWith('key')) prevented(this, 'before-input-event', {}, values[0]);
      return;
    }
    if (kind === 'open') {
      this.#opened(channel);
      return;
    }
    const answer = await dispatch(kind, channel, event, values);
    if (answer !== null) await this.#deliver({ kind: 'reply', id, ok: answer.ok, body: answer.body }, contextId);
  }

  async #deliver(message, contextId) {
    const params = { functionDeclaration: '(message)=>standinDeliver(message)', executionContextId: contextId, arguments: [{ value: JSON.stringify(message) }] };
    // A page that is gone hears nothing any more.
    await this.#line(() => this.#page.send('Runtime.callFunctionOn', params).catch(() => undefined));
  }

  send(channel, ...args) {
    const body = codec.encode(args);
    void this.#window.standinUp.then(() => (this.#worldId === undefined ? undefined : this.#deliver({ kind: 'event', channel, body }, this.#worldId)));
  }

  async #requested({ requestId, request, resourceType, frameId }) {
    const url = unmapped(request.url);
    const page = this.#page;
    const fail = (errorReason) => page.send('Fetch.failRequest', { requestId, errorReason });
    if (resourceType === 'Document' && this.#own !== request.url) {
      const guard = frameId === this.#frameId ? 'will-navigate' : 'will-frame-navigate';
      if (prevented(this, guard, { url, isMainFrame: frameId === this.#frameId }, url)) return fail('Aborted');
    }
    if (await isCancelled({ url, method: request.method, resourceType: resourceType.toLowerCase(), webContentsId: this.id })) return fail('BlockedByClient');
    const handler = handlerOf(url);
    if (handler === undefined) return page.send('Fetch.continueRequest', { requestId });
    const response = await handler(new Request(url, { method: request.method, headers: request.headers, body: request.postData }));
    return page.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    });
  }

  #opened(url) {
    const { action } = this.#openHandler({ url: unmapped(url), frameName: '', features: '', disposition: 'new-window' });
    if (action === 'allow') this.#window.standinOpen(url);
  }

  setWindowOpenHandler(handler) {
    this.#openHandler = handler;
  }

  async loadURL(url) {
    await this.#window.standinUp;
    const done = new Promise((resolve) => this.#page.once('Page.loadEventFired', resolve));
    this.#own = mapped(url);
    const { errorText } = await this.#page.send('Page.navigate', { url: this.#own });
    if (errorText) throw new Error(`${errorText} (-2) loading '${url}'`);
    await done;
    this.#url = url;
    this.#own = null;
  }

  standinChanged(url, title) {
    this.#url = url;
    if (title !== this.#title && !prevented(this.#window, 'page-title-updated', {}, title)) this.#window.setTitle(title);
    this.#title = title;
  }

  getURL() {
    return this.#url;
  }
  getTitle() {
    return this.#title;
  }
  isDestroyed() {
    return this.#window.isDestroyed();
  }
  getZoomFactor() {
    return this.#zoom;
  }
  /** As a zoom of the browser: the page is laid out narrower and drawn larger. */
  setZoomFactor(zoom) {
    this.#zoom = zoom;
    const { width, height } = this.#window.getBounds();
    const size = { width: Math.round(width / zoom), height: Math.round(height / zoom), deviceScaleFactor: zoom, mobile: false };
    void this.#window.standinUp.then(() => this.#page.send('Emulation.setDeviceMetricsOverride', size));
  }
  async executeJavaScript(expression) {
    const { result, exceptionDetails } = await this.#page.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
  async printToPDF({ pageSize, margins, ...options } = {}) {
    if (typeof pageSize !== 'object' || margins !== undefined) throw new Error('electron stand-in: printToPDF knows a page size in inches and default margins only');
    const { data } = await this.#page.send('Page.printToPDF', { ...options, paperWidth: pageSize.width, paperHeight: pageSize.height });
    return Buffer.from(data, 'base64');
  }
}
strict('webContents', WebContents.prototype);

/** The preload world: the page's port, and the program's own preload script where it has one. */
function preloadText(token, preload) {
  const codecText = 'makeCodec((bytes)=>bytes.toBase64(),(text)=>Uint8Array.fromBase64(text))';
  const environment = { platform: process.platform, arch: process.arch, versions: { ...process.versions }, argv: [], env: {} };
  const own = preload === undefined ? '' : readFileSync(preload, 'utf8');
  return `(()=>{${wireText};${pageText};const post=globalThis.standinPost;installPreload('${token}',(message)=>post(message),${codecText},` +
    `function(require,module,exports,process){${own}\n},${JSON.stringify(environment)})})()`;
}
