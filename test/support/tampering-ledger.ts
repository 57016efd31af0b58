/**
 * The richest ledgers that operations make: three offices in which, between them, every state table has rows. The tampering
 * tests start from it; a completeness test names every table that a capability adds and this story does not reach. No vitest here.
 */
import { join } from 'node:path';
import { withSeededCrypto } from './killing-acts.ts';
import { assessRoster, countyPeriod, openCounty, refundableCells, refundsToVoucher, sendBatch, sendPackage, type SmallCounty } from './killing-county.ts';
import { present } from '../../shared/kernel/assert.ts';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings } from '../../electron/office/office.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import type { OperationOutput } from '../../shared/contract.ts';
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { agencies } from '../../shared/kernel/office.ts';
import type { Cells } from './roster-rows.ts';

/** Builds the three offices under `folder`, the same every time, and closes them. Their data directories are `folder/tax`, `folder/finance`, `folder/treasury`. */
export function buildRichLedgers(folder: string): Promise<void> {
  return withSeededCrypto('rich ledgers', () => tellStory(folder));
}

async function tellStory(folder: string): Promise<void> {
  const county = await openCounty(folder, '2022-04-11T08:30');
  await administration(county);
  const refundable = await assessRoster(county, taxpayers());
  if (refundable < 8) throw new Error(`only ${String(refundable)} refundable taxpayers`);
  await surveyFrozen(county);
  await carry(county, await sendPackage(county, 'tax', { kind: 'ENTERPRISE_LIST', to: 'finance', period: countyPeriod }), 'finance');
  const refunds = await refundsToVoucher(county);
  await batchesThere(county, refunds);
  await receiptsBack(county);
  await afterwards(county, refunds);
  await amendments(county);
  await reconciled(county);
  await suspicions(county);
  await heldPackage(county, refunds);
  await toldToFinance(county);
  await passwordSet(county);
  await halfOpened(county);
  await reinstalled(county);
  county.close();
}

/** Eight refundable taxpayers, and others of whom each verdict says something else. */
function taxpayers(): Cells[] {
  const others: readonly Cells[] = [
    { creditRating: 'C' }, { creditRating: '' }, { taxpayerKind: '小规模纳税人' }, { endingCredit: '0', recentCredits: '1;2;3;4;5;0' }, { underInspection: '是' },
    { prevYearSales: '900000000.00', prevYearAssets: '900000000.00', salesByIndustry: 'C=900000000' },
  ];
  return [...Array.from({ length: 8 }, (_, index) => refundableCells(index + 1)), ...others.map((cells, index) => refundableCells(index + 101, cells))];
}

async function administration(county: SmallCounty): Promise<void> {
  const profile = await county.call('tax', 'administration.profile', {});
  await county.call('tax', 'administration.proposeProfile', { profile: { ...profile, name: '辽宁省凌源市' }, reason: '更正名称' });
  const { proposal } = await county.call('tax', 'administration.profileProposal', {});
  await county.call('tax', 'administration.confirmProfile', { digest: present(proposal, 'a proposal').digest });
  await county.call('tax', 'administration.proposeProfile', { profile: { ...profile, name: '凌源' }, reason: '简称' });
  await county.call('tax', 'administration.rejectProfile', { reason: '不用简称' });
  await county.call('tax', 'administration.proposeProfile', { profile: { ...profile, name: '朝阳市凌源市' }, reason: '加市名' });
  await county.call('tax', 'administration.addOperator', { username: 'second', name: '第二经办' });
  await county.call('tax', 'administration.setDuties', { username: 'second', duties: ['handler'] });
  const year = { year: 2022, holidays: ['2022-05-02', '2022-05-03', '2022-05-04'].map(civilDate), makeUpWorkdays: [civilDate('2022-05-07')], filingDeadlines: null, source: '演练日历', needsEvidence: true };
  await county.call('tax', 'refunds.importCalendar', { year });
}

/** The survey frozen by one and confirmed by another, and the same lines in the two offices that receive it. */
async function surveyFrozen(county: SmallCounty): Promise<void> {
  await county.call('tax', 'survey.freeze', { period: countyPeriod });
  await county.call('tax', 'survey.confirm', { period: countyPeriod });
  for (const to of ['finance', 'treasury'] as const) await carry(county, await sendPackage(county, 'tax', { kind: 'SURVEY', to, period: countyPeriod }), to);
}

/** A run of the risk indicators, and one of its hits verified. */
async function suspicions(county: SmallCounty): Promise<void> {
  await county.call('tax', 'risk.run', { period: countyPeriod });
  const { rows } = await county.call('tax', 'risk.list', {});
  await county.call('tax', 'risk.clear', { hits: [present(rows[0], 'a hit').hit], reason: '已到户核实', evidence: '核实记录第 1 号' });
}

/** Two batches: for the treasury, and the first also for finance. */
async function batchesThere(county: SmallCounty, refunds: readonly string[]): Promise<void> {
  county.at('2022-04-20T23:55'); // past midnight in Shanghai, the day before elsewhere
  await carry(county, await sendBatch(county, refunds.slice(0, 5)), 'treasury');
  await carry(county, await sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to: 'finance' }), 'finance');
  county.at('2022-04-21T09:00');
  const vouchers = (await county.call('treasury', 'treasury.list', {})).rows.map((row) => row.voucherNo);
  const [bad, bounced, ...good] = vouchers;
  await county.call('treasury', 'treasury.returnVouchers', { vouchers: [bad ?? ''], reasonCode: 'seal-differs', reason: '印鉴不清' });
  await county.call('treasury', 'treasury.check', { vouchers: [bounced ?? '', ...good] });
  await county.call('treasury', 'treasury.pay', { vouchers: [bounced ?? '', ...good] });
  const { rows } = await county.call('treasury', 'treasury.list', { states: ['paid'] });
  const suspended = rows.at(-1);
  await county.call('treasury', 'treasury.suspend', { uscc: suspended?.uscc ?? '', name: suspended?.name ?? '', reason: '税务局电话通知' });
  await carry(county, await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }), 'tax');
  county.at('2022-04-22T09:00');
  await county.call('treasury', 'treasury.bankReturn', { vouchers: [bounced ?? ''], reasonCode: 'account-closed', reason: '账户已销户' });
  await carry(county, await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }), 'tax');
}

/** Every received package that is still to be answered is answered. */
async function receiptsBack(county: SmallCounty): Promise<void> {
  for (const from of ['tax', 'finance', 'treasury'] as const) {
    const { due } = await county.call(from, 'exchange.receipts', {});
    // The last one stays unanswered, as it would in the middle of a month.
    for (const { peer } of due.slice(0, -1)) await carry(county, await sendPackage(county, from, { kind: 'RECEIPT', to: peer }), peer);
  }
}

/** Crossing off, a claw-back, a correction, and the month's report. */
async function afterwards(county: SmallCounty, refunds: readonly string[]): Promise<void> {
  county.at('2022-04-25T09:00');
  const { refunds: crossed } = await county.call('tax', 'refunds.crossOff', { all: { state: 'paid' } });
  const first = crossed[0]?.refund ?? refunds[0] ?? '';
  await county.call('tax', 'refunds.clawBack', { refund: first, existing: '0.01', incremental: '0.00', document: '缴款书 0001', reason: '多退' });
  const { rows } = await county.call('tax', 'refunds.list', { states: ['treasury-returned'] });
  for (const { refund } of rows) await county.call('tax', 'refunds.correctReturned', { refund, reason: '重新加盖印鉴' });
  county.at('2022-05-06T00:10');
  await carry(county, await sendPackage(county, 'tax', { kind: 'MONTHLY_REPORT', to: 'finance', period: countyPeriod, allowEmpty: true }), 'finance');
}

/** One value amended by two people and carried to finance, where the first of two has confirmed it; one withdrawn, one waiting. */
async function amendments(county: SmallCounty): Promise<void> {
  const draft = {
    title: '延长缴回期限', documentNo: '演练〔2022〕3号', pack: 'mof-sta-2022-14' as const, issuedOn: civilDate('2022-05-05'),
    changes: [{ key: 'repaidNotLaterThan', unit: '日期', value: '2022-11-30', cites: ['演练3号/1'], certainty: 'A' as const, note: null }],
  };
  const numbers: string[] = [];
  for (const title of ['延长缴回期限', '重复的一件', '待确认的一件']) numbers.push((await county.call('tax', 'policy.propose', { draft: { ...draft, title } })).no);
  await county.call('tax', 'policy.confirm', { no: numbers[0] ?? '' });
  await county.call('tax', 'policy.withdraw', { no: numbers[1] ?? '', reason: '与上一件重复' });
  await carry(county, await sendPackage(county, 'tax', { kind: 'POLICY_AMENDMENT', to: 'finance' }), 'finance');
  const [received] = (await county.call('finance', 'policy.amendments', {})).amendments;
  await county.call('finance', 'policy.confirm', { no: received?.no ?? '' });
}

/** All three state their April to each other, and the tax office signs what comes of it. */
async function reconciled(county: SmallCounty): Promise<void> {
  for (const from of agencies) {
    await county.call(from, 'reconciliation.state', { period: countyPeriod });
    for (const to of agencies.filter((peer) => peer !== from)) await carry(county, await sendPackage(county, from, { kind: 'RECON_STATEMENT', to, period: countyPeriod, allowEmpty: true }), to);
  }
  const { hash } = await county.call('tax', 'reconciliation.run', { period: countyPeriod });
  await county.call('tax', 'reconciliation.sign', { period: countyPeriod, purpose: 'lock', hash });
}

/** The treasury gets a package whose predecessor is still on the road, and holds it. */
async function heldPackage(county: SmallCounty, refunds: readonly string[]): Promise<void> {
  county.at('2022-05-07T09:00');
  await sendBatch(county, refunds.slice(5, 6));
  const second = await sendBatch(county, refunds.slice(6, 7));
  const reply = await county.offices.treasury.call('exchange.importPackage', { file: second }, 'handler');
  if (reply.ok || reply.error.code !== 'PACKAGE_GAP') throw new Error(`the package should be held: ${JSON.stringify(reply)}`);
}

/** Finance hears of what the treasury paid. */
async function toldToFinance(county: SmallCounty): Promise<void> {
  county.at('2022-05-08T09:00');
  await carry(county, await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'finance' }), 'finance');
}

/** A password that another set and its owner has not changed yet. */
async function passwordSet(county: SmallCounty): Promise<void> {
  const reply = await county.offices.treasury.call('administration.setPassword', { username: 'issuer', password: 'lianxi-koukling-2022' }, 'security');
  if (!reply.ok) throw new Error(JSON.stringify(reply));
}

/** The tax office has opened its half of a new epoch, and finance has it. */
async function halfOpened(county: SmallCounty): Promise<void> {
  county.at('2022-05-09T09:00');
  await county.call('tax', 'exchange.proposeEpoch', { peer: 'finance', reason: 'history', note: '演练' });
  const { packageId } = await county.call('tax', 'exchange.confirmEpoch', { peer: 'finance' });
  const { fileName } = await county.call('tax', 'exchange.writePackage', { packageId, folder: county.stick });
  await carry(county, join(county.stick, fileName), 'finance');
}

/** The treasury's machine was installed anew: one of two people in finance has compared its new card. */
async function reinstalled(county: SmallCounty): Promise<void> {
  const anew = await foundOffice(join(county.folder, 'anew'), { agency: 'treasury', county: '211382', name: '凌源市人民银行国库', practice: true }, systemSurroundings({
    clock: () => Date.parse('2022-05-10T09:00:00+08:00'), random: seededRandom('installed anew'),
  }));
  const card = await anew.call('keys.writeCard', { folder: county.stick }, 'handler');
  anew.close();
  if (!card.ok) throw new Error(JSON.stringify(card));
  const { fileName, fingerprint } = card.value as OperationOutput<'keys.writeCard'>; // the contract fixes it
  await county.call('finance', 'keys.proposeRoot', { card: join(county.stick, fileName), fingerprint });
}

async function carry(county: SmallCounty, file: string, to: 'tax' | 'finance' | 'treasury'): Promise<void> {
  const { outcome, refusal } = await county.call(to, 'exchange.importPackage', { file });
  if (outcome !== 'accepted') throw new Error(`${file}: ${outcome} ${refusal?.message ?? ''}`);
}

/** The ledger file of an office of the three. */
export function richLedger(folder: string, agency: 'tax' | 'finance' | 'treasury'): string {
  return join(folder, agency, 'ledger.db');
}
