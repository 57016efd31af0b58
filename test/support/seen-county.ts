/**
 * A county for looking at 全貌县: the synthetic taxpayers of the demo, taken through three practice offices until every queue has rows, a batch is paid in
 * part and returned in part, a number is missing, a package is held and one is refused. Ends before now: the window lives by the machine's clock.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, instantOf, shanghaiDate } from '../../shared/kernel/civil-date.ts';
import type { OperationInput } from '../../shared/contract.ts';
import { addPeriods, periodOf, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { DemoRefusal, openStage, trustEachOther, type Stage } from '../../electron/demo/stage.ts';
import { countyMonths, rosterCsvOf } from '../../electron/demo/synthetic-county.ts';
import { freezeSurvey } from '../../electron/demo/survey-month.ts';
import { actOnAll, openMonth, refundsIn } from '../../electron/demo/tax-month.ts';
import { joinPath, makeFolder } from '../../electron/platform/folders.ts';
import { checkoutResources } from '../../electron/platform/resources.ts';

export type SeenCounty = {
  readonly dirs: Readonly<Record<Agency, string>>;
  readonly stick: string;
  /** The filing period of the roster. */
  readonly period: TaxPeriod;
  readonly rosterFile: string;
  /** The month in which refunds were paid. */
  readonly paidIn: TaxPeriod;
};

const period = taxPeriod('2022-04');

/** @param enterprises how many taxpayers the roster has; about half are due a refund */
export async function seenCounty(root: string, enterprises = 90): Promise<SeenCounty> {
  const yesterday = addDays(shanghaiDate(instantOf(Date.now())), -1);
  const stage = await openStage({ root, county: '211382', countyName: '凌源市', seed: 7, startsOn: yesterday, resources: checkoutResources, join: joinPath, makeFolder });
  try {
    await trustEachOther(stage);
    await rosterAndCandidates(stage, enterprises);
    await statementsExchanged(stage, addPeriods(periodOf(yesterday), -1));
    await queuesOfTax(stage);
    await batchesAtTreasury(stage);
    await gapsAndRefusals(stage);
  } finally {
    stage.close();
  }
  return { dirs: { tax: join(root, 'tax'), finance: join(root, 'finance'), treasury: join(root, 'treasury') }, stick: stage.folders.stick, period, rosterFile: rosterFile(stage), paidIn: taxPeriod(yesterday.slice(0, 7)) };
}

function rosterFile(stage: Stage): string {
  return join(stage.folders.rosters, '2022年4月-企业名册.csv');
}

async function rosterAndCandidates(stage: Stage, enterprises: number): Promise<void> {
  const [month] = countyMonths({ seed: 7, enterprises, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period }, () => new Map(), 3);
  if (month === undefined) throw new Error('the synthetic county has no month');
  const file = rosterFile(stage);
  writeFileSync(file, rosterCsvOf(month, 'utf-8-bom'));
  await openMonth(stage, period, file);
  await freezeSurvey(stage, period);
  for (const to of ['finance', 'treasury'] as const) await sent(stage, 'tax', { to, kind: 'SURVEY', period });
  await sent(stage, 'tax', { to: 'treasury', kind: 'ENTERPRISE_LIST', period });
  await sent(stage, 'tax', { to: 'finance', kind: 'ENTERPRISE_LIST', period });
}

/** Leaves some refunds in every queue, and some at each side exit. */
async function queuesOfTax(stage: Stage): Promise<void> {
  const take = async (state: Parameters<typeof refundsIn>[1], left: number): Promise<string[]> => (await refundsIn(stage, state, period)).slice(left);
  await stage.call('tax', 'handler', 'risk.run', { period });
  await stage.call('tax', 'handler', 'refunds.inform', { refunds: await take('candidate', 3) });
  const { rows } = await stage.call('tax', 'handler', 'refunds.list', { states: ['informed'], period, limit: 1000 });
  // Those whose account bears another name are refused when they apply; they stay informed.
  await actOnAll(stage, 'refunds.apply', 'handler', rows.slice(3).map(({ refund }) => refund));
  const [withdrawn = '', corrected = '', ...applied] = await take('applied', 2);
  await stage.call('tax', 'handler', 'refunds.withdraw', { refunds: [withdrawn], reason: '纳税人选择结转下期抵扣' });
  await stage.call('tax', 'reviewer', 'refunds.returnForCorrection', { refunds: [corrected], reason: '申请表缺少经办人签字' });
  await stage.call('tax', 'handler', 'refunds.accept', { refunds: applied });
  const [suspended = '', refused = '', ...accepted] = await take('accepted', 2);
  await stage.call('tax', 'reviewer', 'refunds.suspend', { refunds: [suspended], ground: 'risk-doubt', reason: '进项构成需进一步核实' });
  await stage.call('tax', 'reviewer', 'refunds.review', { refunds: [refused, ...accepted] });
  await stage.call('tax', 'approver', 'refunds.refuse', { refunds: [refused], reason: '不符合纳税信用等级条件' });
  await stage.call('tax', 'approver', 'refunds.approve', { refunds: await take('reviewed', 2) });
  await stage.call('tax', 'issuer', 'refunds.addVoucherRange', { first: '00000001', last: '00000999' });
  await stage.call('tax', 'issuer', 'refunds.issueVouchers', { refunds: await take('approved', 2) });
  await stage.call('tax', 'reviewer', 'refunds.checkVouchers', { refunds: await take('vouchered', 2) });
}

/** One batch paid, returned and bank-returned in part and crossed off in part; a second one received; a third still on the tax office's desk. */
async function batchesAtTreasury(stage: Stage): Promise<void> {
  const ready = await refundsIn(stage, 'voucher-checked', period);
  const batch = async (refunds: readonly string[]): Promise<string> => {
    const made = await stage.call('tax', 'issuer', 'refunds.formBatch', { refunds: [...refunds] });
    return made.batch?.batchNo ?? '';
  };
  const first = await batch(ready.slice(0, 14));
  await sent(stage, 'tax', { to: 'treasury', kind: 'REFUND_BATCH', batchNo: first });
  await sent(stage, 'tax', { to: 'finance', kind: 'REFUND_BATCH', batchNo: first });
  const { rows } = await stage.call('treasury', 'handler', 'treasury.list', { batch: first, limit: 100 });
  const vouchers = rows.map(({ voucherNo }) => voucherNo);
  await stage.call('treasury', 'reviewer', 'treasury.returnVouchers', { vouchers: vouchers.slice(0, 1), reasonCode: 'seal-differs', reason: '印鉴不清，请重新送达' });
  await stage.call('treasury', 'reviewer', 'treasury.check', { vouchers: vouchers.slice(1) });
  await stage.call('treasury', 'approver', 'treasury.pay', { vouchers: vouchers.slice(1, 11) });
  await stage.call('treasury', 'handler', 'treasury.bankReturn', { vouchers: vouchers.slice(1, 2), reasonCode: 'account-closed', reason: '收款账户已销户' });
  await sent(stage, 'treasury', { to: 'tax', kind: 'REFUND_RECEIPT' });
  await sent(stage, 'treasury', { to: 'finance', kind: 'REFUND_RECEIPT' });
  const paid = await refundsIn(stage, 'paid', period);
  await stage.call('tax', 'handler', 'refunds.crossOff', { refunds: paid.slice(0, 6) });
  await sent(stage, 'tax', { to: 'treasury', kind: 'REFUND_BATCH', batchNo: await batch(ready.slice(14, 20)) });
  const third = await batch(ready.slice(20, 22));
  await stage.call('tax', 'issuer', 'exchange.exportPackage', { to: 'treasury', kind: 'REFUND_BATCH', batchNo: third });
  const [held] = (await stage.call('treasury', 'handler', 'treasury.list', { states: ['received'], limit: 1 })).rows;
  if (held !== undefined) await stage.call('treasury', 'reviewer', 'treasury.suspend', { uscc: held.uscc, name: held.name, reason: '税务局电话通知，待书面通知' });
}

/** The month before, in which nothing was done. */
async function statementsExchanged(stage: Stage, month: TaxPeriod): Promise<void> {
  for (const from of agencies) {
    await stage.call(from, 'handler', 'reconciliation.state', { period: month });
    for (const to of agencies.filter((peer) => peer !== from)) await sent(stage, from, { to, kind: 'RECON_STATEMENT', period: month, allowEmpty: true });
  }
}

/** A package of the treasury that overtakes the one before it, and one with a changed byte. */
async function gapsAndRefusals(stage: Stage): Promise<void> {
  const late = await written(stage, 'treasury', { to: 'tax', kind: 'RECEIPT' });
  const early = await written(stage, 'treasury', { to: 'tax', kind: 'RECEIPT' });
  await refusedAct(stage.call('tax', 'handler', 'exchange.importPackage', { file: early }));
  const bytes = readFileSync(late);
  bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
  const damaged = join(stage.folders.stick, '有一个字节不同.kxp');
  writeFileSync(damaged, bytes);
  await refusedAct(stage.call('tax', 'handler', 'exchange.importPackage', { file: damaged }));
}

type ExportInput = OperationInput<'exchange.exportPackage'>;

/** Made and written to the stick. @returns the file */
async function written(stage: Stage, from: Agency, request: ExportInput): Promise<string> {
  const made = await stage.call(from, 'issuer', 'exchange.exportPackage', request);
  const { fileName } = await stage.call(from, 'handler', 'exchange.writePackage', { packageId: made.packageId, folder: stage.folders.stick });
  return join(stage.folders.stick, fileName);
}

/** Made, carried, imported; its receipt is left to be made. */
async function sent(stage: Stage, from: Agency, request: ExportInput): Promise<void> {
  const imported = await stage.call(request.to, 'handler', 'exchange.importPackage', { file: await written(stage, from, request) });
  if (imported.refusal !== null) throw new Error(imported.refusal.message);
}

/** An act that the story expects to be refused. */
async function refusedAct(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (error instanceof DemoRefusal) return;
    throw error;
  }
}
