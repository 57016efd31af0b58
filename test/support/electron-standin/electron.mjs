/* The part of Electron's main-process module that this program uses. What is not here throws by name. */
import { app } from './app.mjs';
import { dialog, ipcMain, Menu, shell } from './ipc.mjs';
import { protocol, session } from './protocol.mjs';
import { BrowserWindow, webContents } from './windows.mjs';

export { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell, webContents };
export default { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell, webContents };
