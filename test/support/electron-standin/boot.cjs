/* Makes the specifier `electron` mean the stand-in, gives the process Electron's face, then runs the program's package.json "main". */
/* global console, __dirname, setInterval */
'use strict';
const fs = require('node:fs');
const { registerHooks } = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const standin = pathToFileURL(join(__dirname, 'electron.mjs')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' ? { url: standin, format: 'module', shortCircuit: true } : next(specifier, context),
});

const args = process.argv.slice(2);
const preloads = [];
let app = '.';
for (let index = 0; index < args.length; index += 1) {
  if (args[index] === '-r' || args[index] === '--require') preloads.push(args[(index += 1)]);
  else if (!args[index].startsWith('-')) {
    app = args[index];
    break;
  }
}
const root = resolve(app);
const dir = fs.statSync(root).isDirectory() ? root : dirname(root);
const manifest = join(dir, 'package.json');
const pkg = fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')) : {};
const main = dir === root ? join(dir, pkg.main ?? 'index.js') : root;

process.argv = [process.argv[0], ...args];
Object.defineProperty(process.versions, 'electron', { value: pkg.devDependencies?.electron ?? '0.0.0', enumerable: true });
process.type = 'browser';
process.resourcesPath = dir;
process.defaultApp = process.env.STANDIN_PACKAGED ? undefined : true;
globalThis.electronStandin = { dir, pkg, args };

// A test runner that was killed leaves nobody to close the program.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 2_000).unref();

async function boot() {
  // Loaded whole before anything else: Playwright asks for it with a synchronous require, which must not meet it half linked.
  await import(standin);
  const host = await import(pathToFileURL(join(__dirname, 'app.mjs')).href);
  for (const preload of preloads) require(preload);
  await host.startBrowser();
  await import(pathToFileURL(main).href);
  host.becomeReady();
}

boot().catch((error) => {
  console.error(error);
  process.exit(1);
});
