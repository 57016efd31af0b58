/** Runs the real command line in a process of its own, as a clerk or a reviewer would. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './source-tree.ts';

export type CommandResult = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

/** @param input standard input, e.g. passwords line by line */
export function liudi(words: readonly string[], input = '', environment: Readonly<Record<string, string>> = {}): CommandResult {
  const done = spawnSync(process.execPath, ['--require', join(root, 'electron/need-node.cjs'), join(root, 'electron/cli.ts'), ...words], {
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, ...environment },
  });
  return { exit: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** The one JSON document of `--json`. @throws SyntaxError when standard output holds anything else */
export function jsonOf(result: CommandResult): Record<string, unknown> {
  return JSON.parse(result.stdout) as Record<string, unknown>;
}

/** The error object of a refused command. */
export function errorOf(result: CommandResult): { readonly code: string; readonly message: string } {
  return jsonOf(result)['error'] as { code: string; message: string };
}

export type RunningCommand = { readonly child: ChildProcessWithoutNullStreams; /** All that was said until now. */ said(): { readonly stdout: string; readonly stderr: string }; readonly ended: Promise<number | null> };

/** Starts the command line without waiting for it: for commands that are interrupted. */
export function startLiudi(words: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, ['--require', join(root, 'electron/need-node.cjs'), join(root, 'electron/cli.ts'), ...words]);
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return {
    child,
    said: () => ({ stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    ended: new Promise((resolve) => child.on('close', resolve)),
  };
}

/** The same as somebody who is not root, for whom the modes of files count: root reads and writes whatever they say. */
export function liudiAsClerk(words: readonly string[]): CommandResult {
  const done = spawnSync(process.execPath, ['--require', join(root, 'electron/need-node.cjs'), join(root, 'electron/cli.ts'), ...words], {
    encoding: 'utf8', env: process.env, ...(process.getuid?.() === 0 ? { uid: clerkId, gid: clerkId } : {}),
  });
  return { exit: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** Gives a folder and all in it to whom `liudiAsClerk` runs as. */
export function giveToClerk(path: string): void {
  if (process.getuid?.() !== 0) return;
  for (const name of ['', ...readdirSync(path, { recursive: true, encoding: 'utf8' })]) chownSync(join(path, name), clerkId, clerkId);
}

/** `nobody`. */
const clerkId = 65_534;
