/** A program of two lines for the paper test: prints the HTML file of its environment with the window's own printer, then quits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { app, session } from 'electron';
import { guardEveryPage, guardSession } from '../../../electron/platform/guards.ts';
import { printedPages } from '../../../electron/platform/print-window.ts';
import { registerAppScheme, serveAppFiles } from '../../../electron/platform/protocol.ts';

const printed = printedPages(true);
registerAppScheme();
guardEveryPage(app);
// Without a listener the last window's end would quit before the second page is printed.
app.on('window-all-closed', () => undefined);

void app.whenReady().then(async () => {
  guardSession(session.defaultSession);
  serveAppFiles(import.meta.dirname, printed);
  const html = readFileSync(process.env['PAPER_HTML'] ?? '', 'utf8');
  const [first, second] = await Promise.all([printed.print(html), printed.print(html)]);
  writeFileSync(`${process.env['PAPER_PDF'] ?? ''}.again`, second);
  writeFileSync(process.env['PAPER_PDF'] ?? '', first);
  app.quit();
});
