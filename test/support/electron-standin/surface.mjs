/* Prints the public names of the stand-in as JSON, by the type of electron.d.ts in which each must stand too. Run by the test of the surface. */
/* global console */
import process from 'node:process';

globalThis.electronStandin = { dir: process.cwd(), pkg: {}, args: [] };
const electron = await import('./electron.mjs');
const { Session } = await import('./protocol.mjs');
const { WebContents } = await import('./contents.mjs');

const builtIn = new Set(['constructor', 'length', 'name', 'prototype']);
/** What an EventEmitter brings along, and our own words, which all begin with `standin` or `target`. */
const own = (object) => Object.getOwnPropertyNames(object).filter((name) => !builtIn.has(name) && !name.startsWith('_') && !/^(?:standin|target)/.test(name));

console.log(JSON.stringify({
  'E.App': own(electron.app.constructor.prototype),
  'E.BrowserWindow': own(electron.BrowserWindow.prototype),
  'typeof E.BrowserWindow': own(electron.BrowserWindow),
  'E.CommandLine': own(electron.app.commandLine),
  'E.Dialog': own(electron.dialog),
  'E.IpcMain': ['handle', 'removeHandler'],
  'typeof E.Menu': own(electron.Menu),
  'E.Protocol': own(electron.protocol),
  'E.Session': own(Session.prototype),
  'E.Shell': own(electron.shell),
  'E.WebContents': own(WebContents.prototype),
  'typeof E.webContents': own(electron.webContents),
  'E.WebRequest': own(electron.session.defaultSession.webRequest),
}));
process.exit(0);
