/**
 * The office 单位 as one object: open, sign in, call, verify, close. `openOffice` is the only way in; there is no module-level state,
 * so several offices live in one process (demo, simulator, tests). Main, CLI and tests all come through here.
 */
import { z } from 'zod';
import { ledgerUnwritable, type OfficeIdentity } from '../../shared/administration/model.ts';
import { refuse } from '../../shared/errors.ts';
import { instantOf } from '../../shared/kernel/civil-date.ts';
import type { Reply } from '../../shared/reply.ts';
import {
  alteredSecrets, clockFloor, notesInLedger, notesInMemory, officeOpened, officeOpenedKey, readOffice, refuseUnsettledPassword, refuseWhileLocked, type AttemptNotes,
} from '../administration/index.ts';
import {
  bringUpToDate, type Context, journalFor, type LedgerFault, type LedgerForm, type OpenOffice, parseBody, readEntryByKey,
  readCheckpoint, readHead, type RebuildTerms, type Surroundings, type Verification, verifyDeciding, verifyDeep, verifySchema, verifyTail, writeCheckpoint,
} from '../journal/index.ts';
import { lastSignedHead, signedHeadFault, signHead, staleLedgerFault, standstillOf } from '../exchange/index.ts';
import { keyRing, type KeyRing } from './key-ring.ts';
import { examineLedger } from './ledger-examination.ts';
import { ledgerForm } from './joined.ts';
import { refusingFolderFaults, refusingLedgerFaults } from './ledger-refusals.ts';
import { isReadOnly, readAct, serve, writeAct, type CallTerms } from './operation-loop.ts';
import { isSqliteError, judgeBeside, openLedgerFile, type Database } from '../platform/database.ts';
import { clearSpool, ledgerExists, makeFolders, officeFolders, type OfficeFolders } from '../platform/folders.ts';
import { hexOf, systemRandom } from '../platform/hash.ts';
import { onTrialCopy } from '../platform/ledger-evidence.ts';
import { isWritableLedger } from '../platform/ledger-file.ts';
import { sealLedger } from '../platform/ledger-seal.ts';
import { logFault } from '../platform/log.ts';
import { checkoutResources } from '../platform/resources.ts';
import { signedNumbers } from '../platform/signed-numbers.ts';
import { keysOpened, signIn } from './sign-in-act.ts';

export type Office = {
  readonly identity: OfficeIdentity;
  readonly folders: OfficeFolders;
  /** The sentence of the fault that made the office read-only, or null. */
  readonly fault: string | null;
  /** Why an older ledger is at work here, as the middle of a sentence, or null; it is read-only too. */
  readonly restored: string | null;
  /** Runs one operation as an authenticated operator; null before sign-in. Never throws for refusals or faults. */
  call(name: string, input: unknown, username: string | null, terms?: CallTerms): Promise<Reply>;
  /** Checks name and password, with lock-out. A practice office needs no password. */
  signIn(username: string, password: string | null): Promise<Reply<{ readonly username: string }>>;
  /** Opens the sealed private keys for this session, as a person who is signed in; wrong passphrases are counted and slowed. */
  unlockKeys(username: string, passphrase: string): Promise<Reply<null>>;
  /** Closes them again: the person leaves or the session locks. */
  lockKeys(): void;
  /** Gives the key passphrase of an office whose keys are still to be made. */
  adoptPassphrase(passphrase: string): void;
  verify(depth: 'chain' | 'deep'): Verification;
  close(): void;
};

/** The surroundings of a running program: system clock and randomness, the checkout's resources. */
export function systemSurroundings(given: Partial<Surroundings> = {}): Surroundings {
  return {
    clock: () => Date.now(),
    random: systemRandom,
    resources: checkoutResources,
    progress: () => undefined,
    openDatabase: (path) => openLedgerFile(path, { mustExist: true }),
    form: ledgerForm,
    resolveFile: (token) => token,
    mayReplace: () => false,
    ...given,
  };
}

/**
 * Opens the office of a data directory: rebuilds a state that another version wrote, sets and reads back the pragmas, compares the schema, verifies the
 * chain since the last checkpoint. A fault opens it read-only.
 * @throws Refusal NOT_AN_OFFICE, OFFICE_IN_USE (E182), NOT_A_LEDGER, COMPANION_FOREIGN, RECOVERY_UNSOUND (E180), DATABASE_NEWER (E181), LEDGER_NOT_OPENED
 */
export function openOffice(dir: string, around: Surroundings): Office {
  const folders = officeFolders(dir);
  if (!ledgerExists(folders)) refuse('NOT_AN_OFFICE', { dir });
  refusingLedgerFaults(folders.ledger, () => { requireSoundRecovery(folders.ledger, around); });
  const open = (): Database => refusingLedgerFaults(folders.ledger, () => around.openDatabase(folders.ledger));
  const outcome = refusingLedgerFaults(folders.ledger, () => bringUpToDate(folders.ledger, around.form, rebuildTerms(around)));
  if (outcome.kind === 'newer') refuse('DATABASE_NEWER', { found: outcome.found });
  if (outcome.kind === 'refused') refuse('NOT_A_LEDGER', { file: folders.ledger }, { fault: outcome.fault });
  let db = open();
  const { faults, standing } = lookedOver(db, folders, around.form);
  const unwritable = !isWritableLedger(folders.ledger);
  try {
    if (!unwritable) refusingFolderFaults(folders.root, () => {
      makeFolders(folders);
      clearSpool(folders);
    });
  } catch (error) {
    db.close();
    throw error;
  }
  const ring = keyRing(() => db, standing.identity);
  const signed = signedNumbers(folders.signedNumbers);
  let fault = faults[0]?.message ?? null;
  const office: OpenOffice = {
    ...around,
    get db() {
      return db;
    },
    folders,
    unwritable,
    keys: ring,
    signed,
    clockFloor: clockFloor(),
    get fault() {
      return fault;
    },
    turnReadOnly(found) {
      fault ??= found;
    },
    get restored() {
      return faults.length > 0 ? null : standstillOf(db, signed);
    },
    sealKey: ring.seal,
    copyLedger(path) {
      db.prepare('VACUUM INTO @path').run({ path });
    },
    reopen() {
      db.close();
      db = open();
    },
    logFault(error) {
      const reference = hexOf(systemRandom(4)).toUpperCase();
      logFault(folders.log, reference, instantOf(around.clock()), error);
      return reference;
    },
  };
  return officeOver(office, standing.identity, ring);
}

type Standing = NonNullable<ReturnType<typeof readOffice>>;

/**
 * An act that was cut off is undone when the ledger is opened. SQLite does not ask whose journal it plays back: what comes of it is verified in full on a
 * passing copy first.
 */
function requireSoundRecovery(ledger: string, { form, progress }: Surroundings): void {
  const evidence = judgeBeside(ledger);
  if (evidence === null) return;
  const fault = onTrialCopy(ledger, (copy) => {
    const db = openLedgerFile(copy, { mustExist: true, trial: true });
    try {
      return verifyDeep({ db, form, progress: (done, total) => { progress(done, total, '核对被中断的操作'); } }).faults[0]?.message ?? null;
    } finally {
      db.close();
    }
  });
  if (fault !== null) refuse('RECOVERY_UNSOUND', { fault, evidence });
}

/** The checks of every open. A file whose tables cannot be read, or that has no office in it, is closed and refused. */
function lookedOver(db: Database, folders: OfficeFolders, form: LedgerForm): { faults: readonly LedgerFault[]; standing: Standing } {
  try {
    const shape = [...verifySchema(db, form), ...verifyTail(db)];
    const faults = shape.length > 0 ? shape : [...verifyDeciding(db, form), ...readable(() => alteredSecrets(db)) ?? []];
    const standing = readable(() => readOffice(db));
    // The newest head that a peer countersigned, and the newest that this office signed, must still be in this ledger: an old copy put back is read-only (E206, I4).
    const stale = faults.length > 0 ? null : staleLedgerFault(db) ?? (standing === null ? null : signedHeadFault(db, standing.identity));
    if (standing !== null) return { faults: stale === null ? faults : [stale], standing };
    // The row was tampered with or is gone: the first entry still says whose ledger it is, so that it can be verified and shown.
    const altered: LedgerFault = { where: 'state', table: 'office', key: '1', message: '表 office 的单位资料无法读取' };
    return { faults: [...faults, altered], standing: readable(() => officeOfFirstEntry(db)) ?? refuse('NOT_A_LEDGER', { file: folders.ledger }) };
  } catch (error) {
    db.close();
    if (!isSqliteError(error)) throw error;
    return refuse('NOT_A_LEDGER', { file: folders.ledger }, { cause: error.message });
  }
}

function readable<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

function officeOfFirstEntry(db: Database): Standing | null {
  const first = readEntryByKey(db, officeOpenedKey);
  if (first === null) return null;
  const { office, profile } = z.decode(officeOpened.facts, parseBody(first.body).facts as z.input<typeof officeOpened.facts>); // decode checks it
  return { identity: office, profile };
}

function officeOver(office: OpenOffice, identity: OfficeIdentity, ring: KeyRing): Office {
  let closed = false;
  const passing = notesInMemory();
  const noted = <T>(username: string, act: (ctx: Context, notes: AttemptNotes) => T): Promise<Reply<T>> =>
    isReadOnly(office) ? readAct(office, { username, terms: {} }, (ctx) => act(ctx, passing)) : writeAct(office, { username, terms: {} }, (ctx) => act(ctx, notesInLedger));
  return {
    identity,
    folders: office.folders,
    get fault() {
      return office.fault ?? (office.unwritable ? ledgerUnwritable : null);
    },
    get restored() {
      return office.restored;
    },
    call: (name, input, username, terms = {}) => serve(office, name, input, { username, terms }),
    signIn: (username, password) => noted(username, (ctx, notes) => signIn(ctx, identity, { username, password }, notes)),
    async unlockKeys(username, passphrase) {
      // Counted before and after: opening is slow, and nothing else may wait for it.
      const before = await readAct(office, { username, terms: {} }, (ctx) => {
        refuseUnsettledPassword(ctx, '解锁密钥');
        refuseWhileLocked(ctx, 'key-passphrase', username, isReadOnly(office) ? passing : notesInLedger);
        return null;
      });
      if (!before.ok) return before;
      const right = await ring.unlock(passphrase);
      const after = await noted(username, (ctx, notes) => keysOpened(ctx, right, notes));
      if (right && !after.ok) ring.lock();
      return after;
    },
    lockKeys: () => {
      ring.lock();
    },
    adoptPassphrase: (passphrase) => {
      ring.adopt(passphrase);
    },
    verify(depth) {
      const result = examineLedger({ db: office.db, form: office.form, depth });
      const first = result.faults[0];
      if (first !== undefined) office.turnReadOnly(first.message);
      if (first === undefined && !isReadOnly(office)) writeCheckpoint(office.db, readHead(office.db), instantOf(office.clock()));
      return result;
    },
    close: () => {
      if (closed) return;
      closed = true;
      checkpointAtClose(office, identity);
      office.db.close();
      if (!office.unwritable) sealLedger(office.folders.ledger);
    },
  };
}

/** Entries since the last checkpoint that the next opening may walk without anyone noticing. */
const entriesUnmarked = 2000;

/**
 * Everything since the last checkpoint was verified at the opening or written by this process: marked at closing, the next opening need not walk it again. Where
 * the signing key is open, the head is signed too. A disk that takes nothing now only makes that opening slower.
 */
function checkpointAtClose(office: OpenOffice, owner: OfficeIdentity): void {
  if (isReadOnly(office)) return;
  try {
    if (readHead(office.db).seq - lastSignedHead(office.db) > entriesUnmarked) signAtClose(office, owner);
    const head = readHead(office.db);
    if (head.seq - readCheckpoint(office.db).seq > entriesUnmarked) writeCheckpoint(office.db, head, instantOf(office.clock()));
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    office.logFault(error);
  }
}

function signAtClose(office: OpenOffice, owner: OfficeIdentity): void {
  const { db, random } = office;
  db.exec('BEGIN IMMEDIATE');
  try {
    signHead(db, journalFor({ db, kinds: office.form.kinds, at: instantOf(office.clock()), maker: '#program', random }), office.keys, owner);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** How a ledger of another state version is made anew: slowly, so its progress is told, and looked over in full before it stands. */
export function rebuildTerms({ clock, form, progress }: Surroundings): RebuildTerms {
  return {
    at: instantOf(clock()),
    progress: (done, total) => { progress(done, total, '按账本重建状态'); },
    verify: (db) => verifyDeep({ db, form, progress: (done, total) => { progress(done, total, '核对重建结果'); } }).faults[0]?.message ?? null,
  };
}
