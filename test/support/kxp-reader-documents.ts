/** What must hold inside a document of each kind, written from FORMAT.md 6.1 (and 8 for key cards, 7.4 for opening files) for the second reader alone. */
import { createHash } from 'node:crypto';
import { canonical, verified, type J } from './kxp-reader-forms.ts';

export type DocumentTerms = {
  readonly kind: string;
  readonly manifest: J;
  readonly rows: Readonly<Record<string, readonly J[]>>;
  /** The sender's enrolled card. */
  readonly card: J;
  readonly to: string;
  /** What the receiver sent under a number. */
  readonly sent: (seq: number) => { readonly hash: string; readonly kind: string } | null;
};

const fen = (value: unknown): bigint => BigInt(String(value));
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const total = (rows: readonly J[], field: string): bigint => rows.reduce((sum, row) => sum + fen(row[field]), 0n);

/** Why the document cannot stand, or null. */
export function documentFault(terms: DocumentTerms): string | null {
  const { kind, manifest, rows } = terms;
  const first = (name: string): J => rows[name]?.[0] ?? {};
  const all = (name: string): readonly J[] => rows[name] ?? [];
  const month = manifest['period'];
  const monthly = !['SUSPENSION_NOTICE', 'POLICY_AMENDMENT', 'RECEIPT', 'KEYCARD', 'EPOCH_OPEN'].includes(kind);
  if ((month !== null) !== monthly) return 'month';
  const [base, reviewed, approved] = headOf(terms, first, all);
  const name = String(manifest['doc_id']);
  if (kind === 'REFUND_RECEIPT' ? !name.startsWith(`${kind}/${base}`) : !named(name, `${kind}/${base}`)) return 'document name';
  if (kind === 'EPOCH_OPEN') {
    if (manifest['approved_by'] === null || manifest['approved_by'] === manifest['prepared_by'] || manifest['reviewed_by'] !== null) return 'two people';
  } else if (manifest['reviewed_by'] !== reviewed || manifest['approved_by'] !== approved) return 'people';
  if ((manifest['policy_pack'] !== null) !== (kind === 'ENTERPRISE_LIST')) return 'policy pack named';
  return within(terms, first, all);
}

function named(name: string, base: string): boolean {
  return name === base || (name.startsWith(`${base}/`) && /^[1-9][0-9]{0,8}$/.test(name.slice(base.length + 1)) && name !== `${base}/1`);
}

type First = (name: string) => J;
type All = (name: string) => readonly J[];

/** Name, reviewer and approver that the rows give. */
function headOf({ kind, manifest, to }: DocumentTerms, first: First, all: All): readonly [string, unknown, unknown] {
  switch (kind) {
    case 'SURVEY': return [String(first('surveyHead')['number']), first('surveyHead')['confirmedBy'], null];
    case 'REFUND_BATCH': return [String(first('batch')['batchNo']), first('batch')['reviewedBy'], first('batch')['approvedBy']];
    case 'SUSPENSION_NOTICE': return [String(first('notice')['number']), null, null];
    case 'POLICY_AMENDMENT': return [String(all('amendments').at(-1)?.['no']), null, null];
    case 'REFUND_RECEIPT': return [`${String(first('outcomes')['voucherNo'])}-${String(all('outcomes').length)}/`, null, null];
    case 'PERIOD_LOCK': {
      const { period, round, purpose } = first('signature');
      return [`${String(period)}/${String(purpose)}-${String(round)}`, null, null];
    }
    case 'RECEIPT': return [`${to}/${String(first('receipt')['ofEpoch'])}/${String(first('receipt')['ofSeq'])}`, null, null];
    case 'KEYCARD': {
      const card = (first('card')['file'] as J)['card'] as J;
      return [`${String(card['agency'])}/${String(card['version'])}`, null, null];
    }
    case 'EPOCH_OPEN': return [`${String(manifest['from'])}/${to}/${String(first('opening')['epoch'])}`, null, null];
    default: return [String(manifest['period']), null, null];
  }
}

function within(terms: DocumentTerms, first: First, all: All): string | null {
  const { kind, manifest } = terms;
  const month = String(manifest['period']);
  switch (kind) {
    case 'ENTERPRISE_LIST': return listFault(all('enterprises'), month, String((manifest['policy_pack'] as J)['id']));
    case 'SURVEY': return surveyFault(first('surveyHead'), all('surveyLines'), all('surveyCells'), month);
    case 'REFUND_BATCH': return batchFault(first('batch'), all('vouchers'), month);
    case 'MONTHLY_REPORT': return reportFault(all('totals'), all('refunds'), month);
    case 'SUSPENSION_NOTICE': return noticeFault(first('notice'), all('suspensions'));
    case 'POLICY_AMENDMENT': return all('amendments').every((row, index) => row['place'] === index + 1) ? null : 'places';
    case 'REFUND_RECEIPT': {
      const fit = all('outcomes').every((row) => fen(row['amountFen']) > 0n && (row['outcome'] === 'paid') === (row['reasonCode'] === null) && (row['outcome'] === 'returned') === (row['paidBy'] === null));
      return fit && all('outcomes').every((row) => String(row['on']).slice(0, 7) <= month) ? null : 'outcomes';
    }
    case 'PERIOD_LOCK': {
      const { period, round, purpose, reason } = first('signature');
      return period === month && (purpose === 'lock') === (Number(round) % 2 === 0) && (purpose === 'lock' || reason !== null) ? null : 'the signature';
    }
    case 'RECON_STATEMENT': return statementFault(first('statement'), all('statementLines'), { month, from: String(manifest['from']) });
    case 'RECEIPT': return receiptFault(terms, first('receipt'), all('faults'));
    case 'KEYCARD': return cardFault(terms, first('card')['file'] as J);
    case 'EPOCH_OPEN': return openingFault(terms, first('opening'), all('received'));
    default: return 'kind';
  }
}

function listFault(rows: readonly J[], month: string, pack: string): string | null {
  if (rows.length === 0 || !rows.some((row) => row['pack'] === pack)) return 'rows of the pack';
  const open = (amount: unknown, from: unknown): bigint => (amount === null || from === null || textOf(from) > month ? 0n : fen(amount));
  const fit = rows.every((row) => row['filingPeriod'] === month && row['verdict'] === 'refundable'
    && fen(row['refundableTotalFen']) === open(row['refundableExistingFen'], row['existingOpenFrom']) + open(row['refundableIncrementalFen'], row['incrementalOpenFrom']));
  return fit ? null : 'a row of the list';
}

function surveyFault(head: J, lines: readonly J[], cells: readonly J[], month: string): string | null {
  const fit = lines.every((line) => fen(line['existingFen']) + fen(line['incrementalFen']) === fen(line['totalFen']) && line['counted'] === (fen(line['totalFen']) > 0n)
    && (!line['counted'] || ['refundable', 'not-open', 'suspended'].includes(String(line['verdict']))));
  if (!fit) return 'a line of the survey';
  const counted = lines.filter((line) => line['counted'] === true);
  const open = lines.reduce((sum, line) => sum + (line['existingOpen'] === true ? fen(line['existingFen']) : 0n) + (line['incrementalOpen'] === true ? fen(line['incrementalFen']) : 0n), 0n);
  const sums = ['existingFen', 'incrementalFen', 'totalFen'].every((field) => fen(head[field]) === total(lines, field)) && fen(head['openFen']) === open && head['taxpayers'] === counted.length;
  if (!sums || head['filingPeriod'] !== month || head['frozenBy'] === head['confirmedBy'] || String(head['confirmedOn']) < String(head['frozenOn'])) return 'the head of the survey';
  const verdicts = head['verdicts'] as Record<string, number>;
  if (counted.some((line) => (verdicts[String(line['verdict'])] ?? 0) < counted.filter((other) => other['verdict'] === line['verdict']).length)) return 'verdicts';
  const expected = new Map<string, readonly [number, bigint]>();
  for (const line of lines) {
    for (const kind of ['existing', 'incremental']) {
      const amount = fen(line[`${kind}Fen`]);
      if (amount === 0n) continue;
      const letter = /^[A-T]/.exec(textOf(line['industry']))?.[0] ?? '';
      const key = [line['size'], letter, kind, line[`${kind}Window`]].join();
      const [items, sum] = expected.get(key) ?? [0, 0n];
      expected.set(key, [items + 1, sum + amount]);
    }
  }
  const same = cells.length === expected.size && cells.every((cell) => {
    const found = expected.get([cell['size'], cell['section'], cell['creditKind'], cell['window']].join());
    return found?.[0] === cell['items'] && found?.[1] === fen(cell['amountFen']);
  });
  return same ? null : 'cells';
}

/** Kinds of lines that each office answers for. */
const ownKinds: Readonly<Record<string, readonly string[]>> = {
  tax: ['开具', '作废', '追缴', '追缴撤销'], treasury: ['收到', '退付', '退回', '退汇', '返纳', '到账'], finance: ['列支', '冲回', '返纳入账', '拨付', '拨付撤销'],
};

function statementFault(head: J, lines: readonly J[], { month, from }: { readonly month: string; readonly from: string }): string | null {
  const [year = 0, of = 0] = month.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, of, 0)).toISOString().slice(0, 10);
  if (head['period'] !== month || head['lines'] !== lines.length || String(head['through']) < lastDay) return 'the head of the statement';
  const shares = (line: J): boolean => {
    const stated = ['centralFen', 'provincialFen', 'countyFen'].map((field) => line[field]).filter((share) => share !== null).map(fen);
    const sum = stated.reduce((all, share) => all + share, 0n);
    return stated.length === 3 ? sum === fen(line['amountFen']) : sum <= fen(line['amountFen']);
  };
  const fit = lines.every((line, index) => line['row'] === index + 1 && fen(line['amountFen']) > 0n && shares(line) && (ownKinds[from] ?? []).includes(String(line['kind'])) && String(line['day']) <= String(head['through']));
  return fit ? null : 'a line of the statement';
}

function batchFault(head: J, vouchers: readonly J[], month: string): string | null {
  const fit = vouchers.every((row) => {
    const amount = fen(row['amountFen']);
    return amount > 0n && fen(row['existingFen']) + fen(row['incrementalFen']) === amount && fen(row['centralFen']) + fen(row['provinceFen']) + fen(row['countyFen']) === amount
      && row['replaces'] !== row['voucherNo'] && row['batchNo'] === head['batchNo'];
  });
  if (!fit) return 'a voucher';
  const sums = ['amountFen', 'existingFen', 'incrementalFen'].every((field) => fen(head[field]) === total(vouchers, field));
  return sums && head['vouchers'] === vouchers.length && head['taxpayers'] === new Set(vouchers.map((row) => row['uscc'])).size && head['period'] === month ? null : 'the head of the batch';
}

function reportFault(totals: readonly J[], refunds: readonly J[], month: string): string | null {
  const fit = refunds.every((row) => fen(row['existingFen']) + fen(row['incrementalFen']) === fen(row['amountFen']) && String(row['paidOn']).startsWith(month)
    && (row['crossedOffOn'] === null || textOf(row['crossedOffOn']) >= textOf(row['paidOn'])));
  if (!fit) return 'a refund of the report';
  let seen = 0;
  for (const row of totals) {
    const of = refunds.filter((refund) => refund['size'] === row['size'] && refund['route'] === row['route'] && fen(refund[`${String(row['creditKind'])}Fen`]) > 0n);
    if (of.length !== row['refunds'] || total(of, `${String(row['creditKind'])}Fen`) !== fen(row['amountFen'])) return 'a total of the report';
    if (Number(row['cumulativeRefunds']) < of.length || fen(row['cumulativeFen']) < fen(row['amountFen'])) return 'cumulative';
    seen += of.length;
  }
  return seen === refunds.reduce((sum, row) => sum + (fen(row['existingFen']) > 0n ? 1 : 0) + (fen(row['incrementalFen']) > 0n ? 1 : 0), 0) ? null : 'a missing total';
}

function noticeFault(head: J, rows: readonly J[]): string | null {
  const fit = rows.every((row) => String(row['refund']).slice(8) === row['uscc'] && (row['releasedOn'] === null || textOf(row['releasedOn']) >= textOf(row['since'])));
  if (!fit || rows.length === 0) return 'a suspension';
  const held = rows.filter((row) => row['releasedOn'] === null);
  return head['listed'] === rows.length && head['inForce'] === held.length && fen(head['heldFen']) === total(held, 'amountFen') ? null : 'the head of the notice';
}

function receiptFault({ sent }: DocumentTerms, row: J, faults: readonly J[]): string | null {
  const rejected = row['verdict'] === 'REJECTED';
  const reasons = [row['stage'], row['code']];
  if (rejected ? reasons.includes(null) : reasons.some((one) => one !== null) || row['faults'] !== 0) return 'verdict and code';
  if (faults.length !== Math.min(Number(row['faults']), 1_000)) return 'number of faults';
  const seq = Number((row['ledgerHeadAfter'] as J)['seq']);
  if (seq < 1) return 'head of a receipt';
  const of = row['ofEpoch'] === 1 ? sent(Number(row['ofSeq'])) : null;
  return of?.hash === row['ofManifestHash'] && of?.kind !== 'RECEIPT' ? null : 'what a receipt answers';
}

function cardFault({ manifest, card: standing }: DocumentTerms, file: J): string | null {
  const card = file['card'] as J;
  const body = Buffer.from(canonical(card));
  if (card['agency'] !== manifest['from'] || card['county'] !== manifest['county'] || card['practice'] !== manifest['practice']) return 'whose card';
  if (!verified(String(card['rootKey']), 'keycard', body, Buffer.from(String(file['rootSignature']), 'hex'))) return 'root signature';
  if (card['rootKey'] !== standing['rootKey'] && !verified(String(standing['rootKey']), 'keycard', body, Buffer.from(String(file['previousRootSignature']), 'hex'))) return 'root before';
  return card['version'] === Number(standing['version']) + 1 && card['prevCardHash'] === createHash('sha256').update(canonical(standing)).digest('hex') ? null : 'card before';
}

function openingFault({ manifest, card, to }: DocumentTerms, row: J, received: readonly J[]): string | null {
  const last = received.at(-1);
  if (row['epoch'] !== manifest['epoch'] || Number(row['sentEpoch']) >= Number(row['epoch']) || Number(row['receivedEpoch']) >= Number(row['epoch'])) return 'epochs of an opening';
  if (received.some((line, index) => line['seq'] !== index + 1) || row['receivedSeq'] !== (last?.['seq'] ?? 0) || row['receivedHash'] !== (last?.['manifestHash'] ?? '0'.repeat(64))) return 'record';
  if (row['answers'] !== null) return 'answers nothing';
  const record = createHash('sha256').update(received.map((line) => `${canonical(line)}\n`).join('')).digest('hex');
  const { rootSignature, ...signed } = row;
  const body = Buffer.from(canonical({ ...signed, county: card['county'], from: card['agency'], practice: card['practice'], record, to }));
  return verified(String(card['rootKey']), 'epoch', body, Buffer.from(String(rootSignature), 'hex')) ? null : 'root signature of an opening';
}
