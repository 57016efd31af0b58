/** What the program's main thread and the office's worker thread say to each other 主线程与账本线程. Types only; the line is platform/worker-line.ts. */
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import type { Founding } from '../office/found-office.ts';

/** An opened office as the window needs it. */
export type OpenedOffice = {
  readonly identity: OfficeIdentity;
  /** The sentence of the fault that made it read-only, or null. */
  readonly fault: string | null;
  /** How a restored ledger came here, or null. */
  readonly restored: string | null;
};

/** Asked by the main thread. Every answer but that of `close` is a Reply. */
export type OfficeQuestion =
  | { readonly kind: 'open'; readonly dir: string }
  | { readonly kind: 'found'; readonly dir: string; readonly founding: Founding }
  | { readonly kind: 'restore'; readonly dir: string; readonly file: string; readonly phrase: string | null }
  | { readonly kind: 'sign-in'; readonly username: string; readonly password: string | null }
  | { readonly kind: 'unlock-keys'; readonly passphrase: string }
  | { readonly kind: 'lock-keys' }
  | {
      readonly kind: 'call';
      /** Number of the call, named again by its progress. */
      readonly work: number;
      readonly name: string;
      readonly input: unknown;
      /** Who is signed in, as the main thread knows; the page never says. */
      readonly username: string | null;
      /** Paths behind the file tokens that the input names. */
      readonly files: Readonly<Record<string, string>>;
      /** The tokens among them whose standing file the person agreed to replace. */
      readonly replace: readonly string[];
      /** One cell; 1 asks the work to stop at its next step. */
      readonly stop: Int32Array;
    }
  | { readonly kind: 'close' };

/** Told by the worker. */
export type OfficeNews = { readonly kind: 'progress'; readonly work: number; readonly done: number; readonly total: number; readonly label: string };
