/**
 * A second engine of the three-way reconciliation 三方对账, written from the page alone (reconciliation.md) without reading the engine: plain, slow, obvious.
 * It makes the whole document but its sentences. It shares nothing with the engine; the calendar is read from the shipped file.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const columns = [
  '类型', '单据号', '原单据号', '批次号', '纳税人识别号', '纳税人名称', '收款账号', '预算科目', '金额', '中央', '省级', '县级', '日期', '送达日期', '资金文号', '备注',
] as const;
export type Column = (typeof columns)[number];
export type Row = Readonly<Partial<Record<Column, string>>>;
export type Side = 'tax' | 'treasury' | 'finance';
export type Lists = Readonly<Record<Side, readonly Row[]>>;
export type Settings = Readonly<Record<'waitingDays' | 'transitDays' | 'unsentDays' | 'postingDays' | 'transferDays', number>>;
export const defaults: Settings = { waitingDays: 10, transitDays: 3, unsentDays: 3, postingDays: 5, transferDays: 3 };
export type Item = {
  no: string; link: string; line: string; year: number; key: string; end: 'left' | 'right'; ordinal: number; reason: string; also: string[]; explained: boolean;
  left: string | null; right: string | null; erring: string | null; owner: string; since: string; ageDays: number; candidates: string[]; oversight: boolean;
};
type Closed = { no: string; link: string; line: string; year: number; key: string; end: 'left' | 'right'; ordinal: number; by: string };
type End = { side: Side; opening: string; inPeriod: string; closing: string; matched: string; explained: string; unexplained: string; lines: number };
export type Warning = Readonly<Record<string, unknown>> & { readonly code: string };
export type Document = {
  version: 1; period: string; cutoff: string; through: string; opening: string | null; settings: Settings; holds: boolean; lastNo: Record<string, number>;
  warnings: Warning[]; links: { link: string; left: End; right: End; holds: boolean }[]; items: Item[]; closed: Closed[];
};

const kinds: readonly (readonly [Side, string, 'refund' | 'clawback' | 'transfer'])[] = [
  ['tax', '开具', 'refund'], ['tax', '作废', 'refund'], ['tax', '追缴', 'clawback'], ['tax', '追缴撤销', 'clawback'],
  ['treasury', '收到', 'refund'], ['treasury', '退付', 'refund'], ['treasury', '退回', 'refund'], ['treasury', '退汇', 'refund'],
  ['treasury', '返纳', 'clawback'], ['treasury', '到账', 'transfer'],
  ['finance', '列支', 'refund'], ['finance', '冲回', 'refund'], ['finance', '返纳入账', 'clawback'], ['finance', '拨付', 'transfer'], ['finance', '拨付撤销', 'transfer'],
];
const undoes: Readonly<Record<string, string>> = { 作废: '开具', 追缴撤销: '追缴', 退汇: '退付', 冲回: '列支', 拨付撤销: '拨付' };
const linkTable: readonly { readonly link: string; readonly left: Side; readonly right: Side; readonly of: Readonly<Record<string, readonly [string, string]>> }[] = [
  { link: 'tax-treasury', left: 'tax', right: 'treasury', of: { refund: ['开具', '退付'], clawback: ['追缴', '返纳'] } },
  { link: 'treasury-finance', left: 'treasury', right: 'finance', of: { refund: ['退付', '列支'], clawback: ['返纳', '返纳入账'] } },
  { link: 'finance-treasury', left: 'finance', right: 'treasury', of: { transfer: ['拨付', '到账'] } },
];
const reasonTable: readonly (readonly [string, boolean, string | null, string])[] = [
  ['duplicate-payment', false, 'treasury', 'treasury'], ['duplicate-charge', false, 'finance', 'finance'], ['swapped', false, 'right', 'right'],
  ['amount-differs', false, 'right', 'right'], ['payee-differs', false, 'right', 'right'], ['subject-differs', false, 'right', 'right'],
  ['batch-differs', false, 'right', 'right'], ['bank-return-open', true, null, 'tax'], ['paid-later', true, null, 'treasury'], ['waiting', true, null, 'treasury'],
  ['waiting-overdue', false, 'treasury', 'treasury'], ['on-the-way', true, null, 'treasury'], ['not-received', false, 'tax', 'tax'], ['unsent', true, null, 'tax'],
  ['unsent-overdue', false, 'tax', 'tax'], ['clawback-outstanding', true, null, 'tax'], ['return-unbooked', false, 'said', 'said'],
  ['voided-after-payment', false, 'tax', 'tax'], ['treasury-only', false, 'treasury', 'treasury'], ['charged-later', true, null, 'finance'],
  ['charge-pending', true, null, 'finance'], ['charge-missing', false, 'finance', 'finance'], ['finance-only', false, 'finance', 'finance'],
  ['transfer-on-the-way', true, null, 'treasury'], ['transfer-overdue', false, null, 'both'], ['arrival-only', false, 'finance', 'finance'],
];
export const reasonIds: readonly string[] = reasonTable.map(([id]) => id);

type Line = { readonly side: Side; readonly row: number; readonly kind: string; readonly rank: number; readonly family: string; readonly no: string; readonly day: string;
  readonly fen: bigint; readonly cells: Row; year: number; undone: Line | null; ignored: boolean };

const cell = (line: Line, column: Column): string => line.cells[column] ?? '';
const fenOf = (text: string): bigint => {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'));
};
export const yuan = (fen: bigint): string => {
  const size = fen < 0n ? -fen : fen;
  return `${fen < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
};
/** Code points, not UTF-16 units. */
export const byText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const sum = (lines: readonly Line[]): bigint => lines.reduce((total, line) => total + line.fen, 0n);
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const lastDayOf = (month: string): string => addDays(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 10), -1);
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  return JSON.stringify(value);
};

type CalendarYear = { readonly year: number; readonly holidays: readonly string[]; readonly makeUpWorkdays: readonly string[] };
const calendar: readonly CalendarYear[] = // the shipped file, whose form its own tests assert
  (JSON.parse(readFileSync(new URL('../../../resources/reference/calendar.json', import.meta.url), 'utf8')) as { years: readonly CalendarYear[] }).years;
/** Whether a day is worked; a year that the calendar lacks is noted in `missing` and counts by weekends. */
export const isWorked = (day: string, missing: Set<number>): boolean => {
  const year = calendar.find((one) => one.year === Number(day.slice(0, 4)));
  if (year === undefined) missing.add(Number(day.slice(0, 4)));
  if (year?.holidays.includes(day) === true) return false;
  if (year?.makeUpWorkdays.includes(day) === true) return true;
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
};
const workedAfter = (day: string, upTo: string, missing: Set<number>): number => {
  let count = 0;
  for (let next = addDays(day, 1); next <= upTo; next = addDays(next, 1)) if (isWorked(next, missing)) count += 1;
  return count;
};

const fieldText = (line: Line): string[] => columns.map((column) =>
  ['金额', '中央', '省级', '县级'].includes(column) && cell(line, column) !== '' ? yuan(fenOf(cell(line, column))) : cell(line, column));
const inOrder = (a: Line, b: Line): number => {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.rank !== b.rank) return a.rank - b.rank;
  const [left, right] = [fieldText(a), fieldText(b)];
  for (let n = 0; n < columns.length; n += 1) { const turn = byText(left[n] ?? '', right[n] ?? ''); if (turn !== 0) return turn; }
  return 0;
};

/** The lines up to the explaining day, in order, each with its year and what it undoes. */
function readLines(lists: Lists, through: string): Line[] {
  const lines = Object.entries(lists).flatMap(([side, rows]) => rows.map((cells, index): Line => {
    const rank = kinds.findIndex(([of, kind]) => of === side && kind === cells.类型);
    const [of, kind, family] = kinds[rank] ?? ['tax', '', 'refund'];
    return { side: of, row: index, kind, rank, family, no: cells.单据号 ?? '', day: cells.日期 ?? '', fen: fenOf(cells.金额 ?? '0'), cells, year: 0, undone: null, ignored: false };
  })).filter((line) => line.day <= through).sort(inOrder);
  const latest = (line: Line, side: Side, kind: string): Line | undefined =>
    lines.filter((one) => one.side === side && one.kind === kind && one.no === line.no && one.day <= line.day).at(-1);
  const first: Readonly<Record<string, readonly [Side, string]>> = { refund: ['tax', '开具'], clawback: ['tax', '追缴'], transfer: ['finance', '拨付'] };
  const yearOf = (line: Line): number => {
    const [side, kind] = first[line.family] ?? ['tax', ''];
    const own = Number(line.day.slice(0, 4));
    const order = latest(line, side, kind);
    if (order !== undefined) return Number(order.day.slice(0, 4));
    if (line.side === 'finance') {
      const paid = latest(line, 'treasury', line.family === 'refund' ? '退付' : '返纳');
      if (paid !== undefined && line.family !== 'transfer') return yearOf(paid);
    }
    const before = line.kind === '退汇' ? latest(line, 'treasury', '退付') : line.kind === '退回' ? latest(line, 'treasury', '收到')
      : line.kind === '冲回' ? latest(line, 'finance', '列支') : undefined;
    return before === undefined ? own : yearOf(before);
  };
  for (const line of lines) line.year = yearOf(line);
  for (const line of lines) {
    const undone = undoes[line.kind];
    if (undone === undefined) continue;
    const target = lines.find((one) => one.kind === undone && one.side === line.side && one.no === line.no && one.year === line.year && one.day <= line.day && one.undone === null);
    if (target === undefined) line.ignored = true;
    else target.undone = line;
  }
  return lines;
}
const inForce = (line: Line, day: string): boolean => line.day <= day && (line.undone === null || line.undone.day > day);

/** Faulty rows as `side row` (rows from 0), each once; empty = the run may go on. */
export function faultsOf(lists: Lists, period: string, through?: string): string[] {
  const found = new Set<string>();
  const all = readLines(lists, '9999-12-31');
  for (const line of all) {
    const shares = (['中央', '省级', '县级'] as const).map((column) => cell(line, column)).filter((text) => text !== '').map(fenOf);
    const total = shares.reduce((a, b) => a + b, 0n);
    if (shares.length === 3 ? total !== line.fen : total > line.fen) found.add(`${line.side} ${line.row}`);
  }
  const lines = readLines(lists, throughOf(lists, lastDayOf(period), through));
  for (const line of lines) {
    if (['开具', '追缴', '拨付'].includes(line.kind)) {
      const twins = lines.filter((one) => one.kind === line.kind && one.no === line.no && one.year === line.year);
      if (twins.some((one) => one.row < line.row)) found.add(`${line.side} ${line.row}`);
    }
    if (line.undone !== null && line.undone.fen !== line.fen) found.add(`${line.undone.side} ${line.undone.row}`);
    if (line.kind === '开具' && cell(line, '原单据号') !== '') {
      const replaced = lines.filter((one) => one.kind === '开具' && one.no === cell(line, '原单据号') && one.day <= line.day).at(-1);
      if (replaced !== undefined && inForce(replaced, line.day)) found.add(`${line.side} ${line.row}`);
    }
  }
  return [...found].sort(byText);
}

function throughOf(lists: Lists, cutoff: string, given: string | undefined): string {
  const latest = Object.values(lists).map((rows) => rows.map((row) => row.日期 ?? '').sort().at(-1) ?? cutoff);
  const least = given ?? latest.sort()[0] ?? cutoff;
  return least < cutoff ? cutoff : least;
}
const identity = (item: Pick<Item, 'link' | 'line' | 'year' | 'key' | 'end' | 'ordinal'>): string =>
  [item.link, item.line, item.year, item.key, item.end, item.ordinal].join(' ');
/** What people sign: the document without sentences and warnings. */
export const hashOf = (doc: Document): string => {
  const signed = (facts: object): object => Object.fromEntries(Object.entries(facts).filter(([name]) => !['text', 'warnings', 'draft'].includes(name)));
  return createHash('sha256').update(canonical({ ...signed(doc), items: doc.items.map(signed) })).digest('hex');
};

type Draft = { line: string; year: number; key: string; ordinal: number; l: Line | null; r: Line | null; left: bigint | null; right: bigint | null; fits: string[]; said?: string; only: 'left' | 'right' | null };

/** The document of a month, without sentences. */
export function reconcile(lists: Lists, period: string, given: { through?: string; settings?: Partial<Settings>; opening?: Document } = {}): Document {
  const cutoff = lastDayOf(period);
  const before = addDays(`${period}-01`, -1);
  const through = throughOf(lists, cutoff, given.through);
  const settings = { ...defaults, ...given.settings };
  const lines = readLines(lists, through);
  const missing = new Set<number>();
  const within = (day: string, days: number): boolean => workedAfter(day, cutoff, missing) <= days;
  const live = lines.filter((line) => !line.ignored);
  const links: Document['links'] = [];
  const items: (Item & { readonly draft: Draft })[] = [];

  for (const { link, left, right, of } of linkTable) {
    const drafts: Draft[] = [];
    let matched = 0n;
    for (const [family, [leftKind, rightKind]] of Object.entries(of)) {
      const sign = family === 'clawback' ? -1n : 1n;
      const mine = live.filter((line) => line.family === family);
      const keys = new Map(mine.map((line) => [JSON.stringify([line.year, line.no]), line]));
      for (const { year, no } of keys.values()) {
        const ofKey = mine.filter((line) => line.year === year && line.no === no);
        const kind = (name: string): Line[] => ofKey.filter((line) => line.kind === name);
        const L = kind(leftKind).filter((line) => inForce(line, cutoff));
        const R = kind(rightKind).filter((line) => inForce(line, cutoff));
        const draft = (l: Line | null, r: Line | null, fits: string[], more: Partial<Draft> = {}): void => { drafts.push({
          line: family, year, key: no, ordinal: family === 'refund' ? (l !== null ? L.indexOf(l) : r === null ? 0 : R.indexOf(r)) + 1 : 1, l, r,
          left: l === null ? null : sign * l.fen, right: r === null ? null : sign * r.fen, fits, only: null, ...more }); };
        const differ = (a: Line, b: Line, ...names: Column[]): boolean => names.some((name) => cell(a, name) !== '' && cell(b, name) !== ''
          && (['中央', '省级', '县级'].includes(name) ? fenOf(cell(a, name)) !== fenOf(cell(b, name)) : cell(a, name) !== cell(b, name)));

        if (family !== 'refund') {
          const [ordered, came] = [sum(L), sum(R)];
          const [firstLeft, firstRight] = [L[0], R[0]];
          if (firstLeft !== undefined && firstRight !== undefined) {
            const payee = link !== 'finance-treasury' && R.some((line) => differ(firstLeft, line, '纳税人识别号', '收款账号'));
            const subject = R.some((line) => link === 'finance-treasury' ? differ(firstLeft, line, '资金文号') : differ(firstLeft, line, '预算科目'));
            if (payee || subject) {
              draft(firstLeft, firstRight, [...(came > ordered ? ['amount-differs'] : []), ...(payee ? ['payee-differs'] : []), ...(subject ? ['subject-differs'] : [])],
                { left: sign * ordered, right: sign * came });
              continue;
            }
          }
          const met = ordered < came ? ordered : came;
          matched += sign * met;
          let running = 0n;
          const passes = (line: Line): boolean => (running += line.fen) > met;
          if (ordered > met) {
            const rest = ordered - met;
            const line = L.find(passes) ?? firstLeft ?? null;
            const later = kind(rightKind).filter((one) => one.day > cutoff);
            const covered = later.length > 0 && sum(later) >= rest;
            const fits = link === 'tax-treasury' ? ['clawback-outstanding']
              : link === 'finance-treasury' ? [covered || (line !== null && within(line.day, settings.transferDays)) ? 'transfer-on-the-way' : 'transfer-overdue']
                : [...(covered ? ['charged-later'] : []), line !== null && within(line.day, settings.postingDays) ? 'charge-pending' : 'charge-missing'];
            draft(line, null, fits, { left: sign * rest });
          }
          if (came > met) {
            const line = R.find(passes) ?? firstRight ?? null;
            const none = link === 'tax-treasury' ? 'return-unbooked' : link === 'treasury-finance' ? 'finance-only' : 'arrival-only';
            draft(null, line, [L.length > 0 ? 'amount-differs' : none], { right: sign * (came - met), said: 'tax' });
          }
          continue;
        }

        const firstLeft = kind(leftKind).find((line) => line.day <= cutoff);
        const early = R.filter((line) => firstLeft === undefined || line.day < firstLeft.day);
        const rest = R.filter((line) => !early.includes(line));
        const rightOnly = [...early, ...(L.length === 0 ? rest : [])];
        rest.forEach((r, n) => {
          const l = L[n];
          if (l === undefined) { if (L.length > 0) draft(null, r, [link === 'tax-treasury' ? 'duplicate-payment' : 'duplicate-charge'], { only: 'right' }); return; }
          const fits = [...(differ(l, r, '纳税人识别号') ? ['swapped'] : []), ...(l.fen !== r.fen ? ['amount-differs'] : []),
            ...(differ(l, r, '纳税人识别号', '收款账号') ? ['payee-differs'] : []), ...(differ(l, r, '预算科目', '中央', '省级', '县级') ? ['subject-differs'] : []),
            ...(differ(l, r, '批次号') ? ['batch-differs'] : [])];
          if (fits.length === 0) matched += l.fen;
          else draft(l, r, fits);
        });
        L.slice(rest.length).forEach((l, n) => {
          const fits: string[] = [];
          if (link === 'tax-treasury') {
            const word = ofKey.filter((line) => line.side === 'treasury' && line.day <= cutoff).at(-1)?.kind ?? '';
            if (['退回', '退汇'].includes(word)) fits.push('bank-return-open');
            if (kind('退付').some((line) => line.day > cutoff && line.undone === null)) fits.push('paid-later');
            const got = kind('收到').filter((line) => line.day <= cutoff).at(-1);
            const gotLater = kind('收到').some((line) => line.day > cutoff);
            const sent = cell(l, '送达日期');
            if (got !== undefined) fits.push(within(got.day, settings.waitingDays) ? 'waiting' : 'waiting-overdue');
            else if (sent !== '' && sent <= cutoff) fits.push(gotLater || within(sent, settings.transitDays) ? 'on-the-way' : 'not-received');
            else fits.push(within(l.day, settings.unsentDays) ? 'unsent' : 'unsent-overdue');
          } else {
            if (kind('列支').filter((line) => line.day > cutoff && line.undone === null).length >= n + 1) fits.push('charged-later');
            fits.push(within(l.day, settings.postingDays) ? 'charge-pending' : 'charge-missing');
          }
          draft(l, null, fits, { only: 'left' });
        });
        const unbooked = ['退汇', '冲回'].map((name) => kind(name).filter((line) => line.day <= cutoff).length);
        rightOnly.forEach((r, n) => {
          const voucher = kind('开具')[0];
          const fit = link === 'tax-treasury'
            ? (voucher !== undefined && inForce(voucher, r.day) && !inForce(voucher, cutoff) ? 'voided-after-payment' : 'treasury-only')
            : n < (unbooked[0] ?? 0) - (unbooked[1] ?? 0) ? 'return-unbooked' : 'finance-only';
          draft(null, r, [fit], { only: 'right', said: 'finance' });
        });
      }
    }
    const pairs = drafts.filter((one) => one.l !== null && one.r !== null && one.line === 'refund');
    for (const one of drafts) if (one.fits.includes('swapped')) {
      const crossed = pairs.some((two) => two !== one && two.l !== null && two.r !== null && one.l !== null && one.r !== null
        && cell(two.l, '纳税人识别号') === cell(one.r, '纳税人识别号') && cell(two.r, '纳税人识别号') === cell(one.l, '纳税人识别号'));
      one.fits = one.fits.filter((fit) => fit !== (crossed ? 'payee-differs' : 'swapped'));
    }
    const ends = ([['left', left, 0], ['right', right, 1]] as const).map(([end, side, at]) => {
      const effective = (day: string): Line[] => Object.values(of).flatMap((names) => live.filter((line) => line.side === side && line.kind === names[at] && inForce(line, day)));
      const signed = (list: Line[]): bigint => list.reduce((total, line) => total + (line.family === 'clawback' ? -line.fen : line.fen), 0n);
      const [opening, closing] = [signed(effective(before)), signed(effective(cutoff))];
      const part = (explained: boolean): bigint => drafts.filter((one) => reasonTable.find(([id]) => id === one.fits[0])?.[1] === explained).reduce((t, one) => t + (one[end] ?? 0n), 0n);
      const holds = closing === matched + part(true) + part(false);
      return { holds, end: { side, opening: yuan(opening), inPeriod: yuan(closing - opening), closing: yuan(closing), matched: yuan(matched),
        explained: yuan(part(true)), unexplained: yuan(part(false)), lines: effective(cutoff).length } };
    });
    const [one, two] = ends;
    if (one === undefined || two === undefined) throw new Error('a link has two ends');
    links.push({ link, left: one.end, right: two.end, holds: one.holds && two.holds });
    for (const draft of drafts) {
      const [reason = '', explained = false, erring = null, owner = ''] = reasonTable.find(([id]) => id === draft.fits[0]) ?? [];
      const said = (who: string): string => (who === 'right' ? right : who === 'said' ? draft.said ?? '' : who);
      const day = draft.r?.day ?? draft.l?.day ?? '';
      items.push({ draft, no: '', link, line: draft.line, year: draft.year, key: draft.key, end: draft.left !== null ? 'left' : 'right', ordinal: draft.ordinal, reason,
        also: draft.fits.slice(1), explained, left: draft.left === null ? null : yuan(draft.left), right: draft.right === null ? null : yuan(draft.right),
        erring: erring === null ? null : said(erring), owner: said(owner), since: day, ageDays: 0, candidates: [], oversight: reason === 'finance-only' });
    }
  }
  return number(items, { lines, live, links, missing, period, cutoff, through, settings, lists, opening: given.opening });
}

type Found = { lines: Line[]; live: Line[]; links: Document['links']; missing: Set<number>; period: string; cutoff: string; through: string; settings: Settings; lists: Lists; opening: Document | undefined };

function plain({ no, link, line, year, key, end, ordinal, reason, also, explained, left, right, erring, owner, since, ageDays, candidates, oversight }: Item): Item {
  return { no, link, line, year, key, end, ordinal, reason, also, explained, left, right, erring, owner, since, ageDays, candidates, oversight };
}

function number(items: (Item & { readonly draft: Draft })[], found: Found): Document {
  const { opening, cutoff } = found;
  const families = ['refund', 'clawback', 'transfer'];
  const linkNames: string[] = linkTable.map((one) => one.link);
  const inDocument = (a: Omit<Closed, 'by' | 'no'>, b: Omit<Closed, 'by' | 'no'>): number => linkNames.indexOf(a.link) - linkNames.indexOf(b.link)
    || families.indexOf(a.line) - families.indexOf(b.line) || a.year - b.year || byText(a.key, b.key) || byText(a.end, b.end) || a.ordinal - b.ordinal;
  items.sort(inDocument);
  const lastNo: Record<string, number> = { ...opening?.lastNo };
  const year = cutoff.slice(0, 4);
  for (const item of items) {
    const old = opening?.items.find((one) => identity(one) === identity(item));
    if (old === undefined) { lastNo[year] = (lastNo[year] ?? 0) + 1; item.no = `CX-${year}-${String(lastNo[year]).padStart(4, '0')}`; }
    else { item.no = old.no; item.since = old.since; }
    item.ageDays = (Date.parse(cutoff) - Date.parse(item.since)) / 86_400_000;
  }
  for (const item of items) {
    if (item.line !== 'refund' || item.draft.only === null) continue;
    const line = item.draft.l ?? item.draft.r;
    item.candidates = items.filter((other) => {
      const theirs = other.draft.l ?? other.draft.r;
      return other.link === item.link && other.line === 'refund' && other.draft.only !== null && other.draft.only !== item.draft.only && line !== null && theirs !== null
        && cell(line, '纳税人识别号') !== '' && cell(line, '纳税人识别号') === cell(theirs, '纳税人识别号') && line.fen === theirs.fen;
    }).map((other) => other.no).sort(byText);
  }
  const words: Readonly<Record<Side, string>> = { tax: '税务', treasury: '国库', finance: '财政' };
  const closed = (opening?.items ?? []).filter((old) => !items.some((item) => identity(item) === identity(old))).map((old): Closed => {
    const sides = linkTable.find((one) => one.link === old.link);
    const last = found.live.filter((line) => (line.side === sides?.left || line.side === sides?.right) && line.family === old.line && line.year === old.year && line.no === old.key
      && opening !== undefined && line.day > opening.cutoff && line.day <= cutoff).at(-1);
    const { no, link, line, year: of, key, end, ordinal } = old;
    return { no, link, line, year: of, key, end, ordinal, by: last === undefined ? '清单中已无此行' : `${words[last.side]} ${last.day} ${last.kind}` };
  }).sort(inDocument);
  const undo: Warning[] = found.lines.filter((line) => line.ignored).map((line) => ({ code: 'nothing-to-undo', side: line.side, kind: line.kind, key: line.no, day: line.day }));
  const changed: Warning[] = [];
  if (opening !== undefined) {
    const again = reconcile(found.lists, opening.period, { through: opening.through, settings: opening.settings });
    const facts = (doc: Document): Map<string, string> => new Map(doc.items.map((item) => [identity(item), `${item.left} ${item.right}`]));
    const [old, now] = [facts(opening), facts(again)];
    const differing = [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id)).sort(byText);
    const closings = again.links.flatMap((link, n) => (['left', 'right'] as const).filter((end) => link[end].closing !== opening.links[n]?.[end].closing).map((end) => `${link.link} ${end}`));
    if (differing.length + closings.length > 0) changed.push({ code: 'old-lines-changed', items: differing, closings });
  }
  const years: Warning[] = [...found.missing].map((one) => ({ code: 'calendar-missing', year: one }));
  const sorted = (list: Warning[]): Warning[] => list.sort((a, b) => byText(JSON.stringify(a), JSON.stringify(b)));
  return { version: 1, period: found.period, cutoff, through: found.through, opening: opening === undefined ? null : hashOf(opening), settings: found.settings,
    holds: found.links.every((link) => link.holds), lastNo, warnings: [...sorted(undo), ...changed, ...sorted(years)], links: found.links,
    items: items.map((item) => plain(item)), closed };
}
