/**
 * File tokens 文件凭据: what a person pointed at in a dialog, as a word of chance the page can hand on. One table a window; a token of another window, a
 * made-up one or a path is simply unknown. Reads no file.
 */
import { hexOf } from '../platform/hash.ts';

export type FileTokens = {
  /** The token of a path; the same path keeps its token. @param replace whether the person agreed in this dialog that a file there is replaced; left out, an earlier answer stands */
  issue(path: string, replace?: boolean): string;
  pathOf(token: string): string | null;
  /** Whether a file that stands at the token's path may be replaced. */
  mayReplace(token: string): boolean;
  /** The tokens an input names, at any depth, with their paths: all that one call may open. */
  named(input: unknown): Record<string, string>;
  forget(): void;
};

/** Oldest tokens go first; a folder listing is far smaller. */
const tokensMax = 20_000;

export function fileTokens(random: (count: number) => Uint8Array): FileTokens {
  const paths = new Map<string, string>();
  const tokens = new Map<string, string>();
  const replaceable = new Set<string>();
  return {
    issue(path, replace) {
      const known = tokens.get(path);
      if (known !== undefined) {
        if (replace === true) replaceable.add(known);
        // Asked about another name this time: the answer of an earlier dialog was about the file that stood there then.
        if (replace === false) replaceable.delete(known);
        return known;
      }
      const token = `file-${hexOf(random(16))}`;
      if (replace === true) replaceable.add(token);
      paths.set(token, path);
      tokens.set(path, token);
      const oldest = paths.size > tokensMax ? paths.entries().next().value : undefined;
      if (oldest !== undefined) {
        paths.delete(oldest[0]);
        tokens.delete(oldest[1]);
        replaceable.delete(oldest[0]);
      }
      return token;
    },
    pathOf: (token) => paths.get(token) ?? null,
    mayReplace: (token) => replaceable.has(token),
    named(input) {
      const found: Record<string, string> = {};
      const walk = (value: unknown): void => {
        if (typeof value === 'string') {
          const path = paths.get(value);
          if (path !== undefined) found[value] = path;
        } else if (typeof value === 'object' && value !== null) {
          for (const part of Object.values(value)) walk(part);
        }
      };
      walk(input);
      return found;
    },
    forget() {
      paths.clear();
      tokens.clear();
      replaceable.clear();
    },
  };
}
