/**
 * Thousands of mutants against real offices and beside the second reader 变异检验: none may be a fault of the program, none may be accepted with another meaning
 * than the second reader gives it, and every code of refusal that a file can bring about is reached. Counts only; who runs it judges.
 */
import type { ErrorKey } from '../../shared/error-table.ts';
import type { Reply } from '../../shared/reply.ts';
import { readLines } from '../../electron/journal/index.ts';
import { identityOf } from '../../electron/exchange/sealing.ts';
import { aimed, type Aimed } from './aimed-mutants.ts';
import { forge, party, zeros, type Json, type Letter, type Party } from './exchange-packages.ts';
import { foreignCounty, routesOfKinds, sampledKinds, type ForeignCounty, type Receiver, type SampledKind } from './foreign-offices.ts';
import { readKxp, type Knows, type Meaning } from './kxp-reader.ts';
import { canonical } from './kxp-reader-forms.ts';
import { chanceOf, rawMutant, signedMutant, type Chance } from './mutants.ts';
import { done } from './practice.ts';

export type MutantCounts = {
  readonly seed: string;
  readonly raw: number;
  readonly signed: number;
  /** Answers of the program by code; `accepted` is one of them. */
  readonly answers: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  /** Faults of the program, and rejections for a reason that nobody foresaw. */
  readonly faults: readonly string[];
  /** Accepted, and the second reader reads nothing or something else. */
  readonly otherMeanings: readonly string[];
  /** Codes of the aimed mutants that were reached less than the quota. */
  readonly rare: readonly string[];
  /** Read by the second reader and turned away by the program, by code: what only the receiver's ledger knows. */
  readonly stricter: Readonly<Record<string, number>>;
};

export type MutantPlan = {
  readonly seed: string; readonly raw: number; readonly signed: number;
  /** Least count of each code. */
  readonly quota: number;
  /** A fault planted in every receiver, as passing triggers of its own connection: the control, which the run must find. */
  readonly planted?: string;
};

/** Runs the plan over every kind in turn. */
export async function runMutants({ seed, raw, signed, quota, planted = '' }: MutantPlan): Promise<MutantCounts> {
  const county = await foreignCounty();
  try {
    for (const db of new Set(sampledKinds.map((kind) => county.of(kind).to.ledger.db))) if (planted !== '') db.exec(planted);
    const run = await startRun(county, seed);
    for (let number = 0; number < raw; number += 1) await run.raw(number);
    for (let number = 0; number < signed; number += 1) await run.signed(number);
    const rare = Object.keys(aimed).filter((code) => (run.answers[code] ?? 0) < quota);
    return { seed, raw, signed, rare, answers: sorted(run.answers), byKind: run.byKind, faults: run.faults, otherMeanings: run.otherMeanings, stricter: sorted(run.stricter) };
  } finally {
    county.close();
  }
}

type Run = {
  readonly answers: Record<string, number>;
  readonly byKind: Record<string, number>;
  readonly stricter: Record<string, number>;
  readonly faults: string[];
  readonly otherMeanings: string[];
  raw(number: number): Promise<void>;
  signed(number: number): Promise<void>;
};

type Base = { readonly to: Receiver; readonly letter: Letter; readonly bytes: Uint8Array; readonly manifestHash: string };

async function startRun(county: ForeignCounty, seed: string): Promise<Run> {
  const bases = new Map<SampledKind, Base>();
  for (const kind of sampledKinds) {
    const { to, letter } = county.of(kind);
    const { bytes, manifestHash } = await forge(letter);
    bases.set(kind, { to, letter, bytes, manifestHash });
  }
  const base = (kind: SampledKind): Base => bases.get(kind) ?? fails(`no base of ${kind}`);
  const outsiders = new Map<SampledKind, { readonly third: Party; readonly stranger: Party }>(sampledKinds.map((kind) => {
    const [from, to] = routesOfKinds[kind];
    const other = (['tax', 'finance', 'treasury'] as const).find((agency) => agency !== from && agency !== to) ?? 'tax';
    return [kind, { third: party(other, { practice: true, seed: 'third' }), stranger: party(from, { practice: true, seed: 'stranger' }) }];
  }));
  const packHashes = (await done(base('ENTERPRISE_LIST').to.office, 'policy.parameters', {}, 'audit')).packs.map(({ hash }) => hash);
  const run: Run = {
    answers: {}, byKind: {}, stricter: {}, faults: [], otherMeanings: [],
    async raw(number) {
      const chance = chanceOf(`${seed}/raw/${String(number)}`);
      const kind = sampledKinds[number % sampledKinds.length] ?? 'RECEIPT';
      const { to, bytes } = base(kind);
      const mutant = rawMutant(bytes, base(chance.of(sampledKinds)).bytes, chance);
      await take(kind, to, `raw ${String(number)}`, mutant, null);
    },
    async signed(number) {
      const chance = chanceOf(`${seed}/signed/${String(number)}`);
      const turn = Math.floor(number / 2);
      if (number % 2 === 0) {
        const [code, aim] = Object.entries(aimed)[turn % Object.keys(aimed).length] ?? fails('no aim');
        const kind = aim.kinds === undefined ? chance.of(sampledKinds.filter((one) => one !== 'EPOCH_OPEN')) : chance.of(aim.kinds);
        await aimAt(kind, aim, `signed ${String(number)} ${code}`, chance);
        return;
      }
      const kind = sampledKinds[turn % sampledKinds.length] ?? 'RECEIPT';
      const { to, letter } = base(kind);
      const mutant = signedMutant({ letter, chance, ...outsiders.get(kind) ?? fails('outsiders') });
      await take(kind, to, `signed ${String(number)}`, (await forge(mutant.letter, mutant.mutation)).bytes, null);
    },
  };

  async function aimAt(kind: SampledKind, { make, after, size, own }: Aimed, name: string, chance: Chance): Promise<void> {
    const { to, letter, bytes, manifestHash } = base(kind);
    if (own === true) return take(kind, to, name, to.sentBytes, null);
    const next = after === undefined ? letter : { ...letter, seq: 2, prev: manifestHash };
    const mutant = make({ letter: next, first: bytes, chance, to, ...outsiders.get(kind) ?? fails('outsiders') });
    const made = mutant instanceof Uint8Array ? mutant : (await forge(mutant.letter, mutant.mutation)).bytes;
    return take(kind, to, name, made, after === undefined ? null : after === 'accepted' ? bytes : (await forge(letter, { manifest: (of) => { of['prev_manifest_hash'] = 'e'.repeat(64); } })).bytes, size);
  }

  async function take(kind: SampledKind, to: Receiver, name: string, bytes: Uint8Array, before: Uint8Array | null, size?: number): Promise<void> {
    const look = async (reply: Reply, knows: Knows): Promise<void> => {
      const answer = answerOf(reply);
      run.answers[answer] = (run.answers[answer] ?? 0) + 1;
      run.byKind[kind] = (run.byKind[kind] ?? 0) + 1;
      if (answer === 'PROGRAM_FAULT' || answer === 'CONTENT_NOT_TAKEN') run.faults.push(`${kind} ${name}: ${answer}`);
      if (size !== undefined) return;
      const reading = await readKxp(bytes, knows);
      if (answer === 'accepted') {
        const different = reading.ok ? differenceOf(to, reading.meaning) : `the second reader: ${reading.why}`;
        if (different !== null) run.otherMeanings.push(`${kind} ${name}: ${different}`);
      } else if (reading.ok) run.stricter[answer] = (run.stricter[answer] ?? 0) + 1;
    };
    if (before === null) {
      const knows = knowledgeOf(to, packHashes);
      await to.receive(bytes, (reply) => look(reply, knows), size);
      return;
    }
    await to.receive(before, async () => {
      const knows = knowledgeOf(to, packHashes);
      await look(await to.next(bytes, size), knows);
    });
  }
  return run;
}

/** `accepted`, or the code by which the whole file or the package was turned away. */
export function answerOf(reply: Reply): string {
  if (!reply.ok) return reply.error.code;
  const { outcome, refusal } = reply.value as { outcome: string; refusal: { code: ErrorKey } | null };
  return outcome === 'accepted' ? outcome : (refusal?.code ?? outcome);
}

/** What the second reader is told of the receiver's ledger as it stands. */
export function knowledgeOf({ ledger: { db }, agency, sender, own }: Receiver, packHashes: readonly string[]): Knows {
  const peer = sender.agency;
  const channel = db.prepare('SELECT epoch, last_seq, last_manifest_hash, head_seq, head_hash FROM channel_in WHERE peer = @peer').get({ peer }) ?? fails('a channel');
  const out = db.prepare('SELECT acked_seq FROM channel_out WHERE peer = @peer').get({ peer }) ?? fails('a channel');
  const keys = db.prepare("SELECT sealed FROM private_key WHERE purpose = 'encryption'").all();
  return {
    agency, county: '211382', practice: true, packHashes,
    identities: keys.map(({ sealed }) => identityOf(sealed as Uint8Array)), // not sealed in a practice office
    cards: [sender.file.card, own.file.card].map((card) => ({ ...card })),
    epoch: Number(channel['epoch']), lastSeq: Number(channel['last_seq']), lastHash: String(channel['last_manifest_hash']),
    headSeen: { seq: Number(channel['head_seq']), hash: String(channel['head_hash']) },
    ownHead: (seq) => (seq === 0 ? zeros : textOf(db.prepare('SELECT entry_hash FROM journal WHERE seq = @seq').get({ seq })?.['entry_hash'])),
    sent: (seq) => {
      const row = db.prepare('SELECT manifest_hash, kind FROM package_out WHERE peer = @peer AND epoch = 1 AND seq = @seq').get({ peer, seq });
      return row === undefined ? null : { hash: String(row['manifest_hash']), kind: String(row['kind']) };
    },
    ackedSeq: Number(out['acked_seq']),
    ids: db.prepare('SELECT package_id FROM package_in UNION ALL SELECT package_id FROM package_out').all().map((row) => String(row['package_id'])),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Where the ledger holds something else than the second reader read, or null. */
function differenceOf({ ledger: { db }, sender }: Receiver, { kind, period, docId, packageId, lines, rows, manifest }: Meaning): string | null {
  const row = db.prepare("SELECT * FROM package_in WHERE peer = @peer AND package_id = @packageId AND verdict = 'ACCEPTED'").get({ peer: sender.agency, packageId });
  if (row === undefined) return 'no package recorded';
  const control = manifest['control'] as Json;
  const stands = [row['kind'], row['period'], row['doc_id'], row['doc_hash'], Number(row['row_count']), String(row['sum_fen'])];
  const read = [kind, period, docId, manifest['doc_hash'], control['rows'], control['sum_fen']];
  if (canonical(stands) !== canonical(read)) return `head ${canonical(stands)}`;
  const stored = JSON.parse(String(row['sections'])) as { name: string; lines: Parameters<typeof readLines>[1] }[]; // written by the fold
  for (const [name, texts] of Object.entries(lines)) {
    const found = stored.find((section) => section.name === name);
    const kept = found === undefined ? [] : [...readLines(db, found.lines)].map(canonical);
    if (kept.join('\n') !== texts.join('\n')) return `section ${name}`;
  }
  const [table, wanted] = posted(kind, rows);
  if (table === null) return null;
  const made = db.prepare(table).all().map((each) => Object.values(each).map((value) => (typeof value === 'bigint' ? value.toString() : value)));
  return canonical(made) === canonical(wanted) ? null : `posted ${canonical(made)}`;
}

const pick = (rows: readonly Json[] | undefined, ...fields: readonly string[]): unknown[][] => (rows ?? []).map((row) => fields.map((field) => row[field]));

/** What the money of a kind became in the ledger, and what it should be. */
function posted(kind: string, rows: Meaning['rows']): readonly [string | null, unknown] {
  if (kind === 'REFUND_BATCH') {
    const wanted = pick(
      rows['vouchers'], 'voucherNo', 'batchNo', 'refundNo', 'uscc', 'name', 'existingFen', 'incrementalFen', 'amountFen', 'centralFen', 'provinceFen', 'countyFen', 'accountName', 'bank', 'bankAccount', 'bankCode',
    );
    return [
      'SELECT voucher_no, batch_no, refund_no, uscc, name, existing_fen, incremental_fen, amount_fen, central_fen, province_fen, county_fen, account_name, bank, bank_account, bank_code FROM payment ORDER BY voucher_no',
      wanted.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    ];
  }
  if (kind === 'REFUND_RECEIPT') {
    return ['SELECT voucher_no, batch_no, uscc, outcome, amount_fen, on_date, reason_code, reason FROM refund_receipt_line ORDER BY line', pick(rows['outcomes'], 'voucherNo', 'batchNo', 'uscc', 'outcome', 'amountFen', 'on', 'reasonCode', 'reason')];
  }
  if (kind === 'SURVEY') {
    return [
      'SELECT uscc, name, existing_fen, incremental_fen, existing_window, incremental_window FROM survey_line ORDER BY rowid',
      pick(rows['surveyLines'], 'uscc', 'name', 'existingFen', 'incrementalFen', 'existingWindow', 'incrementalWindow'),
    ];
  }
  return [null, null];
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fails(what: string): never {
  throw new Error(what);
}
