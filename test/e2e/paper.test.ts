/** Chinese paper without any font of the machine: the window's printer and the one without a window give the same sheets; scripts and addresses do nothing. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { chromiumPrinter } from '../../electron/platform/print-chromium.ts';
import { electronExecutable, extraArgs, fileFolder } from '../support/program.ts';
import { paperText } from '../support/paper.ts';

const folder = fileFolder();
const rows = 80;
let fromWindow: Uint8Array;
let fromChromium: Uint8Array;

/** A statement of several sheets: font inside, head of the table on every sheet, page numbers and digest at the foot. */
function statement(): string {
  const font = readFileSync(fileURLToPath(import.meta.resolve('@fontsource/noto-serif-sc/files/noto-serif-sc-chinese-simplified-400-normal.woff2'))).toString('base64');
  const lines = Array.from({ length: rows }, (_, index) => `<tr><td>凌源市第${String(index + 1)}机械制造有限公司</td><td>${String(index + 1)},234.50</td></tr>`);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>对账单</title><style>
    @font-face { font-family: Paper; src: url(data:font/woff2;base64,${font}); }
    @page { size: A4; margin: 25mm 20mm; @bottom-center { font: 9pt Paper; content: "第" counter(page) "页 共" counter(pages) "页"; } @bottom-right { font: 8pt Paper; content: "摘要 7QK3-M2"; } }
    body { font: 12pt Paper; } td { padding: 4pt 12pt; border: 1px solid #000; } thead { display: table-header-group; }
  </style></head><body><h1>增值税留抵退税对账单</h1><table><thead><tr><td>纳税人</td><td>金额（元）</td></tr></thead><tbody>${lines.join('')}</tbody></table>
  <script>document.body.append('脚本运行了')</script><img src="https://example.com/seal.png" alt=""><img src="x" onerror="document.body.append('脚本运行了')" alt=""></body></html>`;
}

beforeAll(async () => {
  const program = join(folder, 'program');
  mkdirSync(program);
  writeFileSync(join(program, 'package.json'), '{ "name": "paper", "type": "module", "main": "main.js" }');
  await build({
    configFile: false, logLevel: 'error',
    build: { ssr: fileURLToPath(new URL('print-program/main.ts', import.meta.url)), outDir: program, emptyOutDir: false, rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.js' } } },
  });
  writeFileSync(join(folder, 'statement.html'), statement());
  const pdf = join(folder, 'statement.pdf');
  const child = spawn(electronExecutable, [...extraArgs, program, `--user-data-dir=${join(folder, 'user-data')}`], {
    env: { ...process.env, PAPER_HTML: join(folder, 'statement.html'), PAPER_PDF: pdf }, stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  fromWindow = readFileSync(pdf);
  const printer = await chromiumPrinter();
  if (printer === null) throw new Error('this machine has no browser');
  fromChromium = await printer.print(statement());
  await printer.close();
});

const printers: readonly { readonly name: string; readonly bytes: () => Uint8Array }[] = [
  { name: 'the window', bytes: () => fromWindow },
  { name: 'the command line', bytes: () => fromChromium },
];

test.each(printers)('$name prints every row, the head and the foot on every sheet, and nothing a script wrote', async ({ bytes }) => {
  const pages = await paperText(bytes());
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, page] of pages.entries()) {
    expect(page).toContain(`第${String(index + 1)}页 共${String(pages.length)}页`);
    expect(page).toContain('摘要 7QK3-M2');
    expect(page).toContain('金额（元）');
  }
  const all = pages.join('');
  for (let row = 1; row <= rows; row += 1) expect(all).toContain(`凌源市第${String(row)}机械制造有限公司`);
  expect(all).not.toContain('脚本运行了');
});

test.each(printers)('$name draws with the font the page brought along', ({ bytes }) => {
  const fonts = new Set(Buffer.from(bytes()).toString('latin1').match(/\/FontName \/[A-Za-z0-9+-]+/g));
  expect([...fonts].filter((font) => !font.includes('NotoSerifSC'))).toEqual([]);
  expect(fonts.size).toBeGreaterThan(0);
});

test('both printers, and the same printer twice, give the same sheets', async () => {
  const sheets = await paperText(fromWindow);
  expect(await paperText(fromChromium)).toEqual(sheets);
  expect(await paperText(readFileSync(join(folder, 'statement.pdf.again')))).toEqual(sheets);
});
