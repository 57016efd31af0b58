/** Kinds of entries are for ever: what a recorded kind may hold changes only with its version, and every name in a recorded ledger is still known. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kindsByName, type EntryKind } from '../../electron/journal/index.ts';
import { entryKinds } from '../../electron/office/joined.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { recordedLedgers, unpackRecorded } from '../support/recorded-ledgers.ts';
import { changedForms, presentForms, recordedForms } from './entry-forms.ts';

/** Kinds of which no recorded ledger has an entry yet; a ledger recorded later shortens the list. */
const notRecorded = [
  'administration.backup', 'administration.confirmDate', 'administration.noteAccess', 'administration.proposeProfile', 'administration.refuseAct', 'administration.rejectProfile', 'administration.restore', 'administration.setRecovery', 'administration.verify',
  'refunds.confirmReduced', 'refunds.keepApproval', 'refunds.receiveRejection', 'treasury.receiveList', 'treasury.receiveRejection', 'treasury.tellBatch', 'treasury.tellReceipt',
  'exchange.freeze', 'exchange.openEpoch', 'exchange.proposeEpoch', 'exchange.quarantine', 'exchange.receiveEpoch', 'exchange.signHead', 'keys.proposeRoot',
  'refunds.cancelBatch', 'refunds.clawBackWhole', 'refunds.liftNotice', 'refunds.matchReceipts', 'refunds.noticeSuspension', 'refunds.refuse', 'refunds.reopen',
  'refunds.resubmit', 'refunds.resume', 'refunds.returnForCorrection', 'refunds.startClock', 'refunds.suspend', 'refunds.terminate', 'refunds.undoClawBack',
  'refunds.undoCrossOff', 'refunds.voidVoucher', 'refunds.withdraw', 'reconciliation.receiveSignature', 'reconciliation.receiveStatement', 'reconciliation.sign', 'reconciliation.state',
  'risk.clear', 'risk.prove', 'risk.refer', 'risk.reopen', 'risk.run',
  'treasury.liftSuspension', 'treasury.receiveSuspensions', 'treasury.undoPay', 'treasury.undoReturn', 'treasury.withdrawCheck',
];

describe('the log format', () => {
  test('every kind and version is the recorded one (a new one: npm run entry-forms)', () => {
    expect(changedForms(recordedForms(), presentForms())).toEqual([]);
    expect(Object.keys(presentForms()).filter((name) => recordedForms()[name] === undefined)).toEqual([]);
  });

  test('a change is noticed whatever it is, unless the version says so', () => {
    const form = { formerly: ['a.was'], stream: 'business', facts: '1' };
    const cases: readonly (readonly [what: string, present: Parameters<typeof changedForms>[1], changed: readonly string[]])[] = [
      ['nothing', { 'a.act@1': form }, []],
      ['other facts', { 'a.act@1': { ...form, facts: '2' } }, ['a.act@1']],
      ['another stream', { 'a.act@1': { ...form, stream: 'audit' } }, ['a.act@1']],
      ['a former name forgotten', { 'a.act@1': { ...form, formerly: [] } }, ['a.act@1']],
      ['one more former name', { 'a.act@1': { ...form, formerly: ['a.was', 'a.first'] } }, []],
      ['the kind gone', {}, ['a.act@1']],
      ['a later version', { 'a.act@2': { ...form, facts: '2' } }, []],
    ];
    for (const [what, present, changed] of cases) expect(changedForms({ 'a.act@1': form }, present), what).toEqual(changed);
  });

  test('a name stands for one kind only', () => {
    const row = (kind: string, formerly: readonly string[]): EntryKind => ({ kind, formerly, stream: 'business', version: 1, title: '', facts: [...entryKinds.values()][0]?.facts as EntryKind['facts'], fold: () => undefined });
    expect(() => kindsByName([row('a.act', ['a.was']), row('a.other', ['a.was'])])).toThrow(/two entry kinds/);
    expect(() => kindsByName([row('a.act', []), row('a.other', ['a.act'])])).toThrow(/two entry kinds/);
    expect(kindsByName([row('a.act', ['a.was'])]).get('a.was')?.kind).toBe('a.act');
  });

  test('every recorded kind is known, and the kinds that no recorded ledger holds are these', () => {
    const folder = mkdtempSync(join(tmpdir(), 'liudi-kinds-'));
    const held = new Set<string>();
    for (const name of recordedLedgers()) {
      const db = openLedgerFile(unpackRecorded(name, join(folder, name)), { mustExist: true });
      for (const row of db.prepare('SELECT DISTINCT kind FROM journal').all()) held.add(entryKinds.get(String(row['kind']))?.kind ?? `unknown ${String(row['kind'])}`);
      db.close();
    }
    rmSync(folder, { recursive: true, force: true });
    expect([...held].filter((kind) => kind.startsWith('unknown'))).toEqual([]);
    expect([...new Set(entryKinds.values())].map(({ kind }) => kind).filter((kind) => !held.has(kind)).sort()).toEqual([...notRecorded].sort());
  });
});
