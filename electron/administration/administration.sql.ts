/** SQL of 系统管理: the office row, operators, and the local tables of secrets and lock-out. */
import { assert } from '../../shared/kernel/assert.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { countyProfileSchema, operatorSchema, type CountyProfile, type OfficeIdentity, type Operator } from '../../shared/administration/model.ts';
import type { KeyPurpose, SealedKey } from '../journal/index.ts';
import type { Database, Row } from '../platform/database.ts';

export function readOffice(db: Database): { identity: OfficeIdentity; profile: CountyProfile } | null {
  const row = db.prepare('SELECT * FROM office').get();
  if (row === undefined) return null;
  return {
    identity: {
      agency: String(row['agency']) as Agency, // CHECK of the table
      county: String(row['county']),
      name: String(row['name']),
      practice: row['practice'] === 1n,
      openedAt: String(row['opened_at']) as Instant, // written from a checked instant
    },
    profile: countyProfileSchema.parse(JSON.parse(String(row['profile']))),
  };
}

export type ProfileProposal = { readonly profile: CountyProfile; readonly reason: string; readonly proposedBy: string; readonly proposedAt: Instant };

/** The change of 县区参数 that waits for its second person; there is at most one. */
export function readProfileProposal(db: Database): ProfileProposal | null {
  const row = db.prepare('SELECT * FROM profile_proposal').get();
  if (row === undefined) return null;
  return {
    profile: countyProfileSchema.parse(JSON.parse(String(row['profile']))), reason: String(row['reason']), proposedBy: String(row['proposed_by']),
    proposedAt: String(row['proposed_at']) as Instant, // of an entry
  };
}

export function readOperator(db: Database, username: string): Operator | null {
  const row = db.prepare('SELECT * FROM operator WHERE username = @username').get({ username });
  return row === undefined ? null : operatorOf(row);
}

/** The person's name, or the text itself where no operator has that username, e.g. a name that came by package. Blank stays blank. */
export function personName(db: Database, username: string): string;
export function personName(db: Database, username: string | null): string | null;
export function personName(db: Database, username: string | null): string | null {
  return username === null ? null : (readOperator(db, username)?.name ?? username);
}

export function readOperators(db: Database): Operator[] {
  return db.prepare('SELECT * FROM operator ORDER BY username').all().map(operatorOf);
}

function operatorOf(row: Row): Operator {
  return operatorSchema.parse({
    username: row['username'],
    name: row['name'],
    duties: JSON.parse(String(row['duties'])) as unknown,
    active: row['active'] === 1n,
  });
}

export function readPasswordHash(db: Database, username: string): string | null {
  const row = db.prepare('SELECT password FROM operator_secret WHERE username = @username').get({ username });
  return row === undefined ? null : String(row['password']);
}

export function writePasswordHash(db: Database, username: string, password: string): void {
  db.prepare('INSERT INTO operator_secret (username, password) VALUES (@username, @password) ON CONFLICT (username) DO UPDATE SET password = @password').run({ username, password });
}

/** A password that another person set and that does not yet let its owner act. */
export type PasswordStanding = { readonly username: string; readonly setBy: string; readonly setAt: Instant; readonly vouch: boolean; readonly changedAt: Instant | null };

export function readPasswordStandings(db: Database): PasswordStanding[] {
  return db.prepare('SELECT * FROM password_standing ORDER BY username').all().map(standingOf);
}

export function readPasswordStanding(db: Database, username: string): PasswordStanding | null {
  const row = db.prepare('SELECT * FROM password_standing WHERE username = @username').get({ username });
  return row === undefined ? null : standingOf(row);
}

function standingOf(row: Row): PasswordStanding {
  return {
    username: String(row['username']), setBy: String(row['set_by']), setAt: String(row['set_at']) as Instant, // of an entry
    vouch: row['vouch'] === 1n, changedAt: row['changed_at'] as Instant | null, // of an entry
  };
}

export type SignInFailures = { readonly failures: number; readonly lockedUntil: Instant | null };

export function readFailures(db: Database, username: string): SignInFailures {
  const row = db.prepare('SELECT failures, locked_until FROM sign_in_failure WHERE username = @username').get({ username });
  if (row === undefined) return { failures: 0, lockedUntil: null };
  return { failures: Number(row['failures']), lockedUntil: row['locked_until'] as Instant | null };
}

export function writeFailures(db: Database, username: string, failures: SignInFailures): void {
  db.prepare(
    'INSERT INTO sign_in_failure (username, failures, locked_until) VALUES (@username, @failures, @lockedUntil) ON CONFLICT (username) DO UPDATE SET failures = @failures, locked_until = @lockedUntil',
  ).run({ username, failures: failures.failures, lockedUntil: failures.lockedUntil });
}

export function insertPrivateKey(db: Database, key: SealedKey): void {
  db.prepare('INSERT INTO private_key (key_id, purpose, sealing, sealed) VALUES (@keyId, @purpose, @sealing, @sealed)').run(key);
}

export function readPrivateKeys(db: Database): SealedKey[] {
  return db.prepare('SELECT key_id, purpose, sealing, sealed FROM private_key ORDER BY rowid').all().map((row) => {
    const sealed = row['sealed'];
    assert(sealed instanceof Uint8Array, 'a sealed key is bytes');
    return {
      keyId: String(row['key_id']),
      purpose: String(row['purpose']) as KeyPurpose, // CHECK of the table
      sealing: row['sealing'] === 'none' ? 'none' : 'age-scrypt',
      sealed,
    };
  });
}
