/** Runs the command line as a process of its own, for exit codes that only a real process has. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));

export type CliAnswer = { readonly exit: number | null; /** The one JSON document of `--json`, or null. */ readonly json: unknown; readonly stdout: string; readonly stderr: string };

export function runCli(words: readonly string[], environment: Readonly<Record<string, string>> = {}): CliAnswer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 });
  return { exit: status, json: stdout.trimStart().startsWith('{') ? JSON.parse(stdout) : null, stdout, stderr };
}
