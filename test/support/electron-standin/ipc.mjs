/* `ipcMain`, `dialog`, `shell`, `Menu`: what the program registers and asks of the desktop. A dialog nobody answers throws: the spec must answer it. */
import { EventEmitter } from 'node:events';
import { codec } from './state.mjs';
import { strict } from './strict.mjs';

const handlers = new Map();

export const ipcMain = strict('ipcMain', Object.assign(new EventEmitter(), {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel) => handlers.delete(channel),
}));

/** Gives a message of a page to the program. @returns the encoded answer to an `invoke`, null for a message that wants none */
export async function dispatch(kind, channel, event, args) {
  if (kind === 'send') {
    ipcMain.emit(channel, event, ...args);
    return null;
  }
  try {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return { ok: true, body: codec.encode(await handler(event, ...args)) };
  } catch (error) {
    return { ok: false, body: codec.encode(new Error(`Error invoking remote method '${channel}': ${error}`)) };
  }
}

const unanswered = (name) => async () => {
  throw new Error(`dialog.${name} was not answered: the spec must replace it`);
};
export const dialog = strict('dialog', {
  showOpenDialog: unanswered('showOpenDialog'),
  showSaveDialog: unanswered('showSaveDialog'),
  showMessageBox: unanswered('showMessageBox'),
});

export const shell = strict('shell', { showItemInFolder() {} });

export class Menu {
  static #application = null;
  static setApplicationMenu(menu) {
    Menu.#application = menu;
  }
  static getApplicationMenu() {
    return Menu.#application;
  }
}
strict('Menu', Menu);
