/**
 * `npm start` 启动: opens the window application with the Electron binary of this machine, building it first when the source is newer. Without a binary it
 * says so at once, and what can be run instead; it never waits for a download.
 */
import { electronBinary, ensureBuilt, isBuilt, openProgram } from './platform/program-build.ts';

const withoutBinary = `没有找到 Electron 程序文件，窗口未打开。
取得办法（任选其一）：
  1. 联网的机器上在本目录运行  npx install-electron（可用环境变量 ELECTRON_MIRROR 指定下载地址）；
  2. 从别处取得与 package.json 同版本的 Electron，解压后用环境变量 ELECTRON_OVERRIDE_DIST_PATH 指明其目录。
没有它也可以运行：
  npm run demo -- --out 目录    三方单位走完一个县的全过程
  npm run liudi -- 命令         不开窗口的同一套操作
  npm test                      全部测试（窗口部分由替身程序承担）
No Electron binary found; nothing was opened. Get one with "npx install-electron" (needs a network) or set
ELECTRON_OVERRIDE_DIST_PATH. Without it: npm run demo, npm run liudi, npm test.
`;

process.exitCode = await start(process.argv.slice(2));

async function start(args: readonly string[]): Promise<number> {
  const binary = electronBinary();
  if (binary === null) {
    process.stderr.write(withoutBinary);
    return 1;
  }
  if (!isBuilt()) {
    process.stderr.write('源文件有更新，正在构建…\n');
    await ensureBuilt(undefined, (text) => process.stderr.write(text));
  }
  return openProgram(binary, args);
}
