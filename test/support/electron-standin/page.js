/* Runs before any script of a page. The same port stands at both ends of the context bridge: one copy in the page's own world, one in the
   preload's isolated world. Values cross as DOM events, cloned; functions and promises are proxied. Source text, taken by name. */
/* global window, CustomEvent, location, structuredClone, URL */

function makePort(token, me, peer) {
  const functions = new Map();
  const waiting = new Map();
  let last = 0;
  let returned;
  const fire = (kind, detail) => window.dispatchEvent(new CustomEvent(token + peer + kind, { detail }));
  const on = (kind, listener) => window.addEventListener(token + me + kind, (event) => listener(event.detail));
  const isLive = (value) =>
    typeof value === 'function' || value instanceof Promise || (value !== null && typeof value === 'object' && Object.values(value).some(isLive));
  const out = (value) => {
    if (typeof value === 'function') {
      functions.set((last += 1), value);
      return { $function: last };
    }
    if (value instanceof Promise) {
      const id = (last += 1);
      value.then(
        (settled) => fire('settle', { id, ok: true, value: out(settled) }),
        (error) => fire('settle', { id, ok: false, value: out(error) }),
      );
      return { $promise: id };
    }
    if (!isLive(value)) return structuredClone(value); // throws on a Vue proxy, as Electron does
    return Array.isArray(value) ? value.map(out) : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, out(part)]));
  };
  const into = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (value.$function) return (...args) => call(value.$function, args);
    if (value.$promise) return new Promise((resolve, reject) => waiting.set(value.$promise, { resolve, reject }));
    if (Array.isArray(value)) return value.map(into);
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, into(part)]));
  };
  const call = (id, args) => {
    returned = undefined;
    fire('call', { id, args: out(args) });
    const answer = returned;
    if (!answer.ok) throw into(answer.value);
    return into(answer.value);
  };
  on('call', ({ id, args }) => {
    let answer;
    try {
      answer = { ok: true, value: out(functions.get(id)(...into(args))) };
    } catch (error) {
      answer = { ok: false, value: out(error) };
    }
    fire('return', answer);
  });
  on('return', (answer) => {
    returned = answer;
  });
  on('settle', ({ id, ok, value }) => {
    const open = waiting.get(id);
    waiting.delete(id);
    if (ok) open.resolve(into(value));
    else open.reject(into(value));
  });
  return { fire, on, out, into };
}

// eslint-disable-next-line no-unused-vars -- taken by name out of this text
function installPage(token) {
  const port = makePort(token, 'page', 'preload');
  const freeze = (value) => {
    if (value !== null && typeof value === 'object') Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  port.on('expose', ({ key, api }) => Object.defineProperty(window, key, { value: freeze(port.into(api)), enumerable: true }));
  // Asked before a window exists, as Electron asks: closing a new target that a test tool holds paused can hang both.
  window.open = (url) => {
    port.fire('open', new URL(url ?? 'about:blank', location.href).href);
    return null;
  };
  window.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[target=_blank]');
    if (link) {
      event.preventDefault();
      window.open(link.href);
    }
  });
}

// eslint-disable-next-line no-unused-vars -- taken by name out of this text
function installPreload(token, post, codec, preload, environment) {
  const port = makePort(token, 'preload', 'page');
  const heard = new Map();
  const waiting = new Map();
  let last = 0;
  const say = (kind, channel, args, id) => post(JSON.stringify({ kind, channel, id, args: codec.encode(args) }));
  port.on('open', (url) => say('open', url, []));
  watchInput(say);
  const ipcRenderer = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        say('invoke', channel, args, (last += 1));
        waiting.set(last, { resolve, reject });
      }),
    send: (channel, ...args) => say('send', channel, args),
    on(channel, listener) {
      heard.set(channel, [...(heard.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel, listener) {
      heard.set(channel, (heard.get(channel) ?? []).filter((other) => other !== listener));
      return ipcRenderer;
    },
  };
  globalThis.standinDeliver = (message) => {
    const { kind, id, channel, ok, body } = JSON.parse(message);
    const value = codec.decode(body);
    if (kind === 'event') {
      for (const listener of heard.get(channel) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...value);
      return;
    }
    const open = waiting.get(id);
    waiting.delete(id);
    if (ok) open.resolve(value);
    else open.reject(value);
  };
  const contextBridge = { exposeInMainWorld: (key, api) => port.fire('expose', { key, api: port.out(api) }) };
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`); // what a sandboxed preload says
  };
  const module = { exports: {} };
  preload(require, module, module.exports, { type: 'renderer', sandboxed: true, contextIsolated: true, ...environment });
}

/** Keys and mouse, for `input-event` and `before-input-event`; at most one mouse report a tick. */
function watchInput(say) {
  const key = (type) => (event) =>
    say('input', type, [{ type, key: event.key, code: event.code, control: event.ctrlKey, shift: event.shiftKey, alt: event.altKey, meta: event.metaKey }]);
  window.addEventListener('keydown', key('keyDown'), { capture: true });
  window.addEventListener('keyup', key('keyUp'), { capture: true });
  for (const [event, type] of [['mousedown', 'mouseDown'], ['wheel', 'mouseWheel']]) {
    window.addEventListener(event, () => say('input', type, [{ type }]), { capture: true, passive: true });
  }
}
