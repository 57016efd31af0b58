/* The guard before test, demo, build and liudi: better-sqlite3 13 crashes below Node 22 instead of saying why. Plain CommonJS so that
   any Node can read it. `npm run` puts the Node of node_modules first, so this speaks only when that one is missing. */
'use strict';
const wanted = [22, 18];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  process.stderr.write(
    `当前 Node 为 ${process.versions.node}，本程序需要 ${wanted.join('.')} 以上。请在项目目录运行 npm ci（会从 npm 源装入 Node 24），再用 npm run 执行。\n` +
      `Node ${process.versions.node} is too old; run "npm ci" here (it brings Node 24) and start through "npm run".\n`,
  );
  process.exit(1);
}
require('node:module').enableCompileCache?.();
