/**
 * The engine and the second engine of the reconciliation over the same lists: planted counties, and crowded lists in which every line meets every other.
 * It says what differs, in words; whoever runs it judges.
 */
import { canonicalText } from '../../../electron/journal/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { statementHash } from '../../../electron/reconciliation/index.ts';
import { shippedYears } from '../../../electron/refunds/index.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { fenOfYuan } from '../../../shared/kernel/money.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { workingCalendar } from '../../../shared/kernel/working-days.ts';
import type { ReconDocument } from '../../../shared/reconciliation/document.ts';
import { faultsBetween } from '../../../shared/reconciliation/faults.ts';
import { groupOf, lineKinds, sideOf, type LineGroup, type LineKind, type PlacedLine } from '../../../shared/reconciliation/line.ts';
import { usualSettings } from '../../../shared/reconciliation/settings.ts';
import { reconciled, type Opening } from '../../../shared/reconciliation/statement.ts';
import type { LineSource } from '../../../shared/reconciliation/walk.ts';
import { chanceOf, period, plantedCounty, shuffled, through, type Chance, type County, type Expected } from './planted-differences.ts';
import { addDays, faultsOf, hashOf, reconcile, type Document, type Lists, type Row, type Side } from './reconcile.ts';

const calendar = workingCalendar(shippedYears(checkoutResources));
const sides: readonly Side[] = ['tax', 'treasury', 'finance'];

/** A row of a list as the engine reads it. */
function placedLine(cells: Row, row: number): PlacedLine {
  const kind = lineKinds.find((one) => one === cells.类型);
  if (kind === undefined) throw new Error(`no kind ${cells.类型 ?? ''}`);
  const share = (text: string | undefined): bigint | null => (text === undefined || text === '' ? null : fenOfYuan(text));
  return { row, line: {
    kind, no: cells.单据号 ?? '', formerNo: cells.原单据号 ?? '', batchNo: cells.批次号 ?? '', payee: cells.纳税人识别号 ?? '', name: cells.纳税人名称 ?? '',
    account: cells.收款账号 ?? '', subject: cells.预算科目 ?? '', amountFen: fenOfYuan(cells.金额 ?? ''), centralFen: share(cells.中央), provincialFen: share(cells.省级),
    countyFen: share(cells.县级), day: civilDate(cells.日期 ?? ''), sentOn: (cells.送达日期 ?? '') === '' ? null : civilDate(cells.送达日期 ?? ''),
    fundNo: cells.资金文号 ?? '', note: cells.备注 ?? '',
  } };
}

function sourceOf(lists: Lists): LineSource {
  const placed = sides.flatMap((side) => lists[side].map(placedLine));
  const numbers = Map.groupBy(placed, ({ line }) => `${groupOf(line)} ${line.no}`);
  return { numbers: () => numbers.values(), linesOf: (group: LineGroup, no: string) => numbers.get(`${group} ${no}`) ?? [] };
}

/** The engine's document of a month. */
export function engineDocument(lists: Lists, month: string, explaining: string, opening: Opening | null = null): ReconDocument {
  return reconciled(sourceOf(lists), { period: taxPeriod(month), through: civilDate(explaining), settings: usualSettings, calendar }, opening);
}

/** The document without its sentences, canonically. */
export function bare(document: ReconDocument | Document): string {
  return canonicalText({ ...document, items: document.items.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'text'))) });
}

const expectedText = ({ link, line, key, end, ordinal, reason, also, left, right }: Expected): string =>
  JSON.stringify([link, line, key, end, ordinal, reason, also, left, right]);

/** What a planted county shows otherwise than the page: planted and not found, found and not planted, columns that do not hold, and bytes that hang on an order. */
export function plantFaults(seed: number, county: County = plantedCounty(seed)): string[] {
  const found = engineDocument(county.lists, period, through);
  const [wanted, got] = [county.expected.map(expectedText), found.items.map(expectedText)];
  const chance = chanceOf(seed + 1);
  const mixed: Lists = { tax: shuffled(county.lists.tax, chance), treasury: shuffled(county.lists.treasury, chance), finance: shuffled(county.lists.finance, chance) };
  return [
    ...wanted.filter((one) => !got.includes(one)).map((one) => `种子 ${String(seed)} 漏：${one}`),
    ...got.filter((one) => !wanted.includes(one)).map((one) => `种子 ${String(seed)} 误：${one}`),
    ...(found.holds ? [] : [`种子 ${String(seed)} 勾稽不符`]),
    ...(bare(found) === bare(reconcile(county.lists, period, { through })) ? [] : [`种子 ${String(seed)} 与第二引擎不同`]),
    ...(JSON.stringify(engineDocument(mixed, period, through)) === JSON.stringify(found) ? [] : [`种子 ${String(seed)} 行序改变了对账单`]),
  ];
}

/** Lists of a few numbers around a month's end (at times a year's end), crowded so that everything meets. */
export function crowdedLists(seed: number): { readonly raw: Lists; readonly lists: Lists; readonly month: string; readonly explaining: string } {
  const chance = chanceOf(seed);
  const month = chance.below(3) === 0 ? '2021-12' : '2022-06';
  const first = chance.below(8) === 0 ? addDays(`${month}-01`, -400) : addDays(`${month}-01`, -20);
  const lists: Record<Side, Row[]> = { tax: [], treasury: [], finance: [] };
  const few = chance.below(2) === 0 ? ['开具', '收到', '退付', '退汇', '列支', '冲回'] as const : lineKinds;
  for (let n = 1 + chance.below(24); n > 0; n -= 1) {
    const kind = few[chance.below(few.length)] ?? '开具';
    lists[sideOf(placedLine({ 类型: kind, 日期: first, 金额: '1.00' }, 0).line)].push(someRow(kind, first, chance));
  }
  return { raw: lists, lists: sound(lists, month), month, explaining: addDays(`${month}-28`, chance.below(20)) };
}

function someRow(kind: LineKind, first: string, chance: Chance): Row {
  const of = (...texts: readonly string[]): string => texts[chance.below(texts.length)] ?? '';
  const 日期 = addDays(first, chance.below(70));
  const 金额 = of('100.00', '100.00', '100.00', '60.00', '40.00');
  const shares = chance.below(6) === 0 ? { 中央: of('50.00', '20.00', ''), 省级: of('35.00', '10.00', ''), 县级: of('15.00', '10.00', '') } : {};
  return { 类型: kind, 单据号: of('1', '2', '3'), 金额, 日期, 批次号: of('', 'P1', 'P2'), 纳税人识别号: of('', 'A', 'A', 'B'), 纳税人名称: of('甲', '乙'),
    收款账号: of('', '1', '1', '2'), 预算科目: of('', '', '101', '102'), 资金文号: of('', '财1', '财1', '财2'), 备注: of('', '注'), ...shares,
    ...(kind === '开具' ? { 送达日期: of('', addDays(日期, chance.below(8))), 原单据号: of('', '', '', '1', '9') } : {}) };
}

/** Without faulty rows, as no statement is made of them; which rows are faulty is compared apart. */
function sound(lists: Lists, month: string): Lists {
  let left = lists;
  for (;;) {
    const faulty = new Set(faultsOf(left, month, '2199-12-31'));
    if (faulty.size === 0) return left;
    const without = (side: Side): readonly Row[] => left[side].filter((_row, index) => !faulty.has(`${side} ${String(index)}`));
    left = { tax: without('tax'), treasury: without('treasury'), finance: without('finance') };
  }
}

/** Faulty rows between lines that only one of the two names (a row's own shares are asked where it is read, and left out here). */
function otherFaults(raw: Lists, month: string): string[] {
  const plain = (side: Side): readonly Row[] => raw[side].map((row) => ({ ...row, 中央: '', 省级: '', 县级: '' }));
  const lists: Lists = { tax: plain('tax'), treasury: plain('treasury'), finance: plain('finance') };
  const explaining = reconcile(lists, month).through;
  const engine = [...new Set(faultsBetween(sourceOf(lists), civilDate(explaining)).map(({ side, row }) => `${side} ${String(row)}`))].toSorted();
  const second = faultsOf(lists, month);
  return JSON.stringify(engine) === JSON.stringify(second) ? [] : [`错误行：引擎 ${engine.join('、')}；第二引擎 ${second.join('、')}`];
}

/** What differs between the two over a month, and over the month after it, which opens with the first and with some lines changed behind it. */
export function crowdedFaults(seed: number): string[] {
  const { raw, lists, month, explaining } = crowdedLists(seed);
  const chance = chanceOf(seed + 7);
  const next = month === '2022-06' ? '2022-07' : '2022-01';
  const two = reconcile(lists, month, { through: explaining });
  const one = engineDocument(lists, month, two.through);
  const later: Lists = chance.below(2) === 0 ? lists : { ...lists, treasury: lists.treasury.slice(chance.below(2)), finance: lists.finance.slice(chance.below(2)) };
  const on = addDays(`${next}-31`, chance.below(9));
  const nextTwo = reconcile(later, next, { through: on, opening: two });
  const nextOne = engineDocument(later, next, nextTwo.through, { document: one, hash: statementHash(one) });
  return [
    ...otherFaults(raw, month).map((fault) => `种子 ${String(seed)} ${fault}`),
    ...(bare(one) === bare(two) ? [] : [`种子 ${String(seed)} 当月不同`]), ...(bare(nextOne) === bare(nextTwo) ? [] : [`种子 ${String(seed)} 次月不同`]),
    ...(statementHash(one) === hashOf(two) ? [] : [`种子 ${String(seed)} 摘要不同`]), ...(one.holds && nextOne.holds ? [] : [`种子 ${String(seed)} 勾稽不符`]),
  ];
}
