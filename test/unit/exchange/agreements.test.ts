/**
 * What must hold between manifest, head row and rows of each kind 一致性: every line of every kind's table broken once, by a package that is otherwise right
 * in every layer, with the code that it must get.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { behaviourOf } from '../../../electron/exchange/kinds/table.ts';
import { foreignCounty, sampledKinds, type ForeignCounty, type SampledKind } from '../../support/foreign-offices.ts';
import { forge, party, type Json, type Letter } from '../../support/exchange-packages.ts';
import type { ErrorKey } from '../../../shared/error-table.ts';

let county: ForeignCounty;
beforeAll(async () => {
  county = await foreignCounty();
});
afterAll(() => {
  county.close();
});

type Broken = readonly [kind: SampledKind, agreement: string, says: string, change: (letter: Letter) => Letter, code: ErrorKey];

/** One field of one row. */
const row = (section: string, index: number, given: Json) => (letter: Letter): Letter => ({
  ...letter, rows: { ...letter.rows, [section]: (letter.rows?.[section] ?? []).map((of, at) => (at === index ? { ...of, ...given } : of)) },
});
const manifest = (given: Json) => (letter: Letter): Letter => ({ ...letter, manifest: { ...letter.manifest, ...given } });
const month = (period: string | null) => (letter: Letter): Letter => ({ ...letter, period });
const named = (docId: string) => (letter: Letter): Letter => ({ ...letter, docId });
const empty = (section: string) => (letter: Letter): Letter => ({ ...letter, rows: { ...letter.rows, [section]: [] } });
const without = (section: string, index: number) => (letter: Letter): Letter => ({ ...letter, rows: { ...letter.rows, [section]: (letter.rows?.[section] ?? []).filter((_row, at) => at !== index) } });
/** A pack that every office has, on a kind that no pack judges. */
const needless = (letter: Letter): Letter => manifest({ policy_pack: county.of('ENTERPRISE_LIST').letter.manifest?.['policy_pack'] })(letter);

const common = (kind: SampledKind, withMonth: boolean, reviewed: boolean): readonly Broken[] => [
  [kind, withMonth ? 'month-given' : 'month-absent', withMonth ? '未写月份' : '写了月份', month(withMonth ? null : '2022-04'), 'PERIOD_DIFFERS'],
  [kind, 'document-name', '单据编号另属一件', named(`${kind}/另一件`), 'DOCUMENT_NAME_DIFFERS'],
  [kind, 'people', '复核人另有其人', manifest({ reviewed_by: '另一人' }), 'PEOPLE_DIFFER'],
  [kind, 'people', '审批人另有其人', manifest({ approved_by: '另一人' }), 'PEOPLE_DIFFER'],
  ...(kind === 'ENTERPRISE_LIST' ? [] : [[kind, 'policy-pack', '写了政策包', needless, 'POLICY_PACK_UNNAMED'] as const]),
  ...(reviewed ? [[kind, 'people', '未写复核人', manifest({ reviewed_by: null }), 'PEOPLE_DIFFER'] as const] : []),
];

const broken: readonly Broken[] = [
  ...common('ENTERPRISE_LIST', true, false),
  ['ENTERPRISE_LIST', 'not-empty', '没有一户', empty('enterprises'), 'ROW_INVALID'],
  ['ENTERPRISE_LIST', 'month-of-rows', '一户的申报期是另一个月', row('enterprises', 1, { filingPeriod: '2022-05' }), 'PERIOD_DIFFERS'],
  ['ENTERPRISE_LIST', 'policy-pack', '未写政策包', manifest({ policy_pack: null }), 'POLICY_PACK_UNNAMED'],
  ['ENTERPRISE_LIST', 'policy-pack', '写的政策包没有一户用过', (letter) => [0, 1].reduce((made, index) => row('enterprises', index, { pack: 'mof-sta-2025-07' })(made), letter), 'POLICY_PACK_UNNAMED'],
  ['ENTERPRISE_LIST', 'only-refundable', '列了一户不可退的', row('enterprises', 1, { verdict: 'suspended', refundableTotalFen: '200000' }), 'ROW_INVALID'],
  ['ENTERPRISE_LIST', 'total-of-open', '未到办理期的存量计入合计', row('enterprises', 1, { refundableTotalFen: '500000' }), 'ROW_INVALID'],
  ['ENTERPRISE_LIST', 'total-of-open', '已到办理期的增量未计入合计', row('enterprises', 0, { refundableTotalFen: '300000' }), 'ROW_INVALID'],
  ...common('SURVEY', true, true),
  ['SURVEY', 'month-of-rows', '申报期与清单不同', month('2022-05'), 'PERIOD_DIFFERS'],
  ['SURVEY', 'head-of-rows', '户数多一户', row('surveyHead', 0, { taxpayers: 2 }), 'HEAD_DIFFERS'],
  ['SURVEY', 'head-of-rows', '可退存量少一分', row('surveyHead', 0, { existingFen: '299999' }), 'HEAD_DIFFERS'],
  ['SURVEY', 'head-of-rows', '可退增量多一分', row('surveyHead', 0, { incrementalFen: '200001' }), 'HEAD_DIFFERS'],
  ['SURVEY', 'head-of-rows', '底数合计多一分', row('surveyHead', 0, { totalFen: '500001' }), 'HEAD_DIFFERS'],
  ['SURVEY', 'head-of-rows', '办理期已到少一分', row('surveyHead', 0, { openFen: '499999' }), 'HEAD_DIFFERS'],
  ['SURVEY', 'counted-are-judged', '计入底数的一户没有测算过', row('surveyHead', 0, { verdicts: { 'out-of-scope': 3, ineligible: 2, 'needs-evidence': 0, suspended: 0, 'not-open': 0, 'nothing-due': 1, refundable: 0 } }), 'HEAD_DIFFERS'],
  ['SURVEY', 'two-people', '冻结人自己复核', (letter) => row('surveyHead', 0, { frozenBy: '李四' })(letter), 'ROW_INVALID'],
  ['SURVEY', 'confirmed-after-frozen', '复核早于冻结', row('surveyHead', 0, { confirmedOn: '2022-04-11' }), 'ROW_INVALID'],
  ['SURVEY', 'cells-of-lines', '一格多一分', row('surveyCells', 0, { amountFen: '300001' }), 'HEAD_DIFFERS'],
  ['SURVEY', 'cells-of-lines', '一格多一项', row('surveyCells', 1, { items: 2 }), 'HEAD_DIFFERS'],
  ['SURVEY', 'cells-of-lines', '少一格', without('surveyCells', 1), 'HEAD_DIFFERS'],
  ...common('REFUND_BATCH', true, true),
  ['REFUND_BATCH', 'month-of-rows', '批次是另一个月的', month('2022-05'), 'PERIOD_DIFFERS'],
  ['REFUND_BATCH', 'people', '未写审批人', manifest({ approved_by: null }), 'PEOPLE_DIFFER'],
  ['REFUND_BATCH', 'head-of-rows', '笔数少一笔', row('batch', 0, { vouchers: 1 }), 'HEAD_DIFFERS'],
  ['REFUND_BATCH', 'head-of-rows', '户数少一户', row('batch', 0, { taxpayers: 1 }), 'HEAD_DIFFERS'],
  ['REFUND_BATCH', 'head-of-rows', '退税额多一分', row('batch', 0, { amountFen: '570001' }), 'HEAD_DIFFERS'],
  ['REFUND_BATCH', 'head-of-rows', '存量多一分、增量少一分', row('batch', 0, { existingFen: '300001', incrementalFen: '269999' }), 'HEAD_DIFFERS'],
  ['REFUND_BATCH', 'batch-of-vouchers', '一笔属于另一批次', row('vouchers', 1, { batchNo: 'PC-2022-0002' }), 'ROW_INVALID'],
  ...common('SUSPENSION_NOTICE', false, false),
  ['SUSPENSION_NOTICE', 'not-empty', '没有一笔', empty('suspensions'), 'ROW_INVALID'],
  ['SUSPENSION_NOTICE', 'head-of-rows', '列明笔数少一笔', row('notice', 0, { listed: 1 }), 'HEAD_DIFFERS'],
  ['SUSPENSION_NOTICE', 'head-of-rows', '解除了一笔而表头仍计', row('suspensions', 0, { releasedOn: '2022-04-19' }), 'HEAD_DIFFERS'],
  ['SUSPENSION_NOTICE', 'head-of-rows', '暂缓金额多一分', row('notice', 0, { heldFen: '500001' }), 'HEAD_DIFFERS'],
  ...common('MONTHLY_REPORT', true, false),
  ['MONTHLY_REPORT', 'month-of-rows', '一笔是另一个月退付的', row('refunds', 1, { paidOn: '2022-05-01' }), 'PERIOD_DIFFERS'],
  ['MONTHLY_REPORT', 'totals-of-refunds', '一类多一分', row('totals', 0, { amountFen: '300001' }), 'HEAD_DIFFERS'],
  ['MONTHLY_REPORT', 'totals-of-refunds', '一类少一笔', row('totals', 1, { refunds: 1 }), 'HEAD_DIFFERS'],
  ['MONTHLY_REPORT', 'totals-of-refunds', '有一类未列入', without('totals', 1), 'HEAD_DIFFERS'],
  ['MONTHLY_REPORT', 'cumulative-at-least-month', '累计笔数少于本月', row('totals', 1, { cumulativeRefunds: 1 }), 'HEAD_DIFFERS'],
  ['MONTHLY_REPORT', 'cumulative-at-least-month', '累计金额少于本月', row('totals', 0, { cumulativeFen: '299999' }), 'HEAD_DIFFERS'],
  ['MONTHLY_REPORT', 'crossed-off-after-paid', '销号早于退付', row('refunds', 0, { crossedOffOn: '2022-04-19' }), 'ROW_INVALID'],
  ...common('POLICY_AMENDMENT', false, false),
  ['POLICY_AMENDMENT', 'not-empty', '没有一件更正', empty('amendments'), 'ROW_INVALID'],
  ['POLICY_AMENDMENT', 'places-in-turn', '次序从第二件起', row('amendments', 0, { place: 2 }), 'ROW_INVALID'],
  ...common('REFUND_RECEIPT', true, false),
  ['REFUND_RECEIPT', 'not-empty', '没有一笔', empty('outcomes'), 'ROW_INVALID'],
  ['REFUND_RECEIPT', 'not-after-month', '处理日期晚于回单月份', row('outcomes', 0, { on: '2022-05-01' }), 'ROW_INVALID'],
  ...common('RECON_STATEMENT', true, false),
  ['RECON_STATEMENT', 'month-of-rows', '对账单是另一个月的', row('statement', 0, { period: '2022-03' }), 'PERIOD_DIFFERS'],
  ['RECON_STATEMENT', 'head-of-rows', '行数少一行', row('statement', 0, { lines: 2 }), 'HEAD_DIFFERS'],
  ['RECON_STATEMENT', 'complete-month', '完整至月末前一天', row('statement', 0, { through: '2022-04-29' }), 'ROW_INVALID'],
  ['RECON_STATEMENT', 'own-lines', '税务局送来退付', row('statementLines', 0, { kind: '退付' }), 'ROW_INVALID'],
  ['RECON_STATEMENT', 'not-after-through', '一行晚于完整至', row('statementLines', 2, { day: '2022-05-04' }), 'ROW_INVALID'],
  ['RECON_STATEMENT', 'shares-fit', '三级分担少一分', row('statementLines', 0, { countyFen: '124999' }), 'ROW_INVALID'],
  ['RECON_STATEMENT', 'rows-in-turn', '行次有空号', row('statementLines', 2, { row: 4 }), 'ROW_INVALID'],
  ...common('PERIOD_LOCK', true, false),
  ['PERIOD_LOCK', 'month-of-rows', '签的是另一个月', (letter) => ({ ...row('signature', 0, { period: '2022-03' })(letter), docId: 'PERIOD_LOCK/2022-03/lock-0' }), 'PERIOD_DIFFERS'],
  ...common('RECEIPT', false, false),
  ['RECEIPT', 'verdict-and-code', '已接收而写有差错', row('receipt', 0, { verdict: 'ACCEPTED' }), 'RECEIPT_MALFORMED'],
  ['RECEIPT', 'verdict-and-code', '未接收而没有代码', row('receipt', 0, { code: null }), 'RECEIPT_MALFORMED'],
  ['RECEIPT', 'faults-counted', '差错数与明细不同', row('receipt', 0, { faults: 2 }), 'RECEIPT_MALFORMED'],
  ['RECEIPT', 'head-given', '没有账本条目', row('receipt', 0, { ledgerHeadAfter: { seq: 0, hash: 'ab'.repeat(32) } }), 'RECEIPT_MALFORMED'],
  ...common('KEYCARD', false, false),
  ['KEYCARD', 'own-card', '送来的是国库的密钥卡', (letter) => ({ ...row('card', 0, { file: party('treasury', { practice: true }).file })(letter), docId: 'KEYCARD/treasury/1' }), 'KEY_CARD_SIGNATURE'],
  ['EPOCH_OPEN', 'month-absent', '写了月份', month('2022-04'), 'PERIOD_DIFFERS'],
  ['EPOCH_OPEN', 'document-name', '单据编号另属一期', named('EPOCH_OPEN/tax/finance/3'), 'DOCUMENT_NAME_DIFFERS'],
  ['EPOCH_OPEN', 'policy-pack', '写了政策包', needless, 'POLICY_PACK_UNNAMED'],
  ['EPOCH_OPEN', 'two-people', '没有第二人', manifest({ approved_by: null }), 'PEOPLE_DIFFER'],
  ['EPOCH_OPEN', 'two-people', '一人两次', manifest({ approved_by: '张三' }), 'PEOPLE_DIFFER'],
];

test.each(broken)('C2 %s 的 %s：%s', async (kind, _agreement, _says, change, code) => {
  const { to, letter } = county.of(kind);
  const { bytes } = await forge(change(letter));
  const refusal = await to.receive(bytes, (reply) => (reply.ok ? (reply.value as { refusal: { code: string } | null }).refusal : reply.error));
  expect(refusal?.code).toBe(code);
});

test('C2 表中每一条都有一个被它拒收的包', () => {
  const tried = new Set(broken.map(([kind, agreement]) => `${kind} ${agreement}`));
  const all = sampledKinds.flatMap((kind) => behaviourOf(kind).agreements.map(({ name }) => `${kind} ${name}`));
  expect(all.filter((each) => !tried.has(each))).toEqual([]);
});
