/**
 * What stands around an act: the surroundings that a program gives its office, the open office itself, and the parts of it that a handler may see.
 * Handlers are plain synchronous functions of (context, input); time, people, randomness and keys come in here and from nowhere else, so that
 * tests, the command line and the window call the very same code.
 */
import type { z } from 'zod';
import type { CountyProfile, OfficeIdentity } from '../../shared/administration/model.ts';
import type { CivilDate, Instant } from '../../shared/kernel/civil-date.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import type { LedgerHead } from './entry.ts';
import type { LedgerForm } from './state.ts';
import type { Journal } from './writer.ts';
import type { Database } from '../platform/database.ts';
import type { OfficeFolders } from '../platform/folders.ts';
import type { ResourceReader } from '../platform/resources.ts';
import type { SignedNumbers } from '../platform/signed-numbers.ts';

/** The person acting; `system` with no duties before sign-in and for the program itself. */
export type Actor = { readonly username: string; readonly name: string; readonly duties: readonly Duty[] };

/** Private keys of the office, unlocked for the running act. */
export type KeyAccess = {
  /** The secret bytes. @throws Refusal KEY_LOCKED when the key is sealed and no passphrase was given */
  secret(keyId: string): Uint8Array;
  has(keyId: string): boolean;
  /** Key ids stored for a purpose, oldest first. */
  idsOf(purpose: KeyPurpose): string[];
};
export type KeyPurpose = 'root' | 'signing' | 'encryption';

/** A new private key, sealed for storage; made in `prepare`, stored in `apply`. */
export type SealedKey = { readonly keyId: string; readonly purpose: KeyPurpose; readonly sealing: 'none' | 'age-scrypt'; readonly sealed: Uint8Array };

export type Progress = (done: number, total: number, label: string) => void;

/** What the running program gives an office. Tests and the demo give fixed clocks and seeded randomness. */
export type Surroundings = {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  readonly resources: ResourceReader;
  readonly progress: Progress;
  /** Opens the ledger file; the power-loss harness gives another build of SQLite. */
  readonly openDatabase: (path: string) => Database;
  /** What the program makes of a log. Tests give other forms: later tables, a changed fold, a program of another time. */
  readonly form: LedgerForm;
  /** The path behind a file token: the path itself on the command line, an opaque token of a dialog in the window. */
  readonly resolveFile: (token: string) => string;
  /** Whether the person agreed, in the dialog that gave the token, that a file standing there is replaced; never on the command line. */
  readonly mayReplace: (token: string) => boolean;
};

/** An open office: its surroundings and what opening it added, in one record from which every act's view is taken. */
export type OpenOffice = Surroundings & {
  /** Asked anew for every act: a failed COMMIT reopens the file. */
  readonly db: Database;
  readonly folders: OfficeFolders;
  readonly keys: KeyAccess;
  /** Numbers that this office has signed, kept outside the ledger. */
  readonly signed: SignedNumbers;
  /** The greatest time of an act in the ledger, see administration/clock-floor.ts. */
  readonly clockFloor: { at(db: Database): Instant | null };
  /** The sentence of the fault that made the office read-only, or null. */
  readonly fault: string | null;
  /** The file or its disk takes no bytes: it can be looked at and verified. */
  readonly unwritable: boolean;
  /** Why an older ledger is at work here (a backup restored, a copy put back), asked anew for every act; null once its channels are opened anew. */
  readonly restored: string | null;
  /** Stops writing in this office, because a verification found this fault. */
  turnReadOnly(fault: string): void;
  /** Seals a new private key for storage: not at all in a practice office, under the key passphrase in a real one. */
  sealKey(purpose: KeyPurpose, keyId: string, secret: Uint8Array): Promise<SealedKey>;
  /** A consistent copy of the whole ledger file under a new name. Synchronous, so no act can fall into it. */
  copyLedger(path: string): void;
  /** Closes and opens the ledger file anew after a failed COMMIT. */
  reopen(): void;
  /** Writes a program fault to the log. @returns its reference number */
  readonly logFault: (error: unknown) => string;
};

/** Who acts, and when. */
type Act = {
  readonly office: OfficeIdentity;
  readonly profile: CountyProfile;
  readonly actor: Actor;
  readonly now: Instant;
  readonly today: CivilDate;
  /** Last day of the newest month that three signatures have locked; null where none is. */
  readonly lockedThrough: CivilDate | null;
  /** False in a read-only office: by a fault, or because it was restored from a backup. */
  readonly writable: boolean;
};

type Around = 'random' | 'keys' | 'folders' | 'resources' | 'progress' | 'signed' | 'logFault';

export type Context = Act & Pick<OpenOffice, Around | 'db'> & { readonly journal: Journal };

/** What `prepare` is given: slow or asynchronous work before the transaction; reads through `read` only. */
export type PrepareEnv = Act &
  Pick<OpenOffice, Around | 'form' | 'sealKey' | 'resolveFile' | 'mayReplace' | 'copyLedger' | 'turnReadOnly'> & {
    /** A consistent read with query_only=ON; synchronous. */
    read<T>(ask: (ctx: Context) => T): T;
    readonly head: LedgerHead;
  };

type In<O extends Operation> = z.output<O['input']>;
type Out<O extends Operation> = z.output<O['output']>;

export type Prepared<I, P, O> = {
  readonly prepare: (env: PrepareEnv, input: I) => Promise<P>;
  /** Inside the transaction; checks again whatever prepare found. */
  readonly apply: (ctx: Context, input: I, prepared: P) => O;
};

/** Hides the prepared type, so that handlers of different ones fit one table. */
export type AnyHandler<I, O> =
  | { readonly kind: 'plain'; readonly run: (ctx: Context, input: I) => O }
  | { readonly kind: 'prepared'; readonly prepare: (env: PrepareEnv, input: I) => Promise<(ctx: Context) => O> };

export type HandlersOf<C extends Readonly<Record<string, Operation>>> = {
  readonly [N in keyof C]: AnyHandler<In<C[N]>, Out<C[N]>>;
};

/** A synchronous handler. */
export function plain<I, O>(run: (ctx: Context, input: I) => O): AnyHandler<I, O> {
  return { kind: 'plain', run };
}

/** A handler with slow or asynchronous work before its transaction. */
export function prepared<I, P, O>(handler: Prepared<I, P, O>): AnyHandler<I, O> {
  return {
    kind: 'prepared',
    prepare: async (env, input) => {
      const result = await handler.prepare(env, input);
      return (ctx) => handler.apply(ctx, input, result);
    },
  };
}
