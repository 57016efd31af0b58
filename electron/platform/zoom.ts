/** Zoom by keyboard 缩放 in every window of the program: control with plus, minus and zero. There is no menu that would do it. */
import type { BrowserWindow } from 'electron';
import { zoomAfter } from './window-words.ts';

export function zoomByKeys(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (event, input) => {
    const zoom = zoomAfter(window.webContents.getZoomFactor(), input);
    if (zoom === null) return;
    event.preventDefault();
    window.webContents.setZoomFactor(zoom);
  });
}
