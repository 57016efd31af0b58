/**
 * The conditions that every refund shares, judged on columns of the row alone: general taxpayer, status, filing, credit rating, fraud,
 * evasion, 即征即退, 免抵退, grounds of suspension. Packs give the values and the citations.
 * @source 2022-14/3, 2022-14/9, 2022-14/10, sta-2019-20/12; readings.md, Rows, Status, Dates
 */
import { paperDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CreditRating, RosterRow, TaxpayerStatus } from '../../shared/roster/model.ts';
import type { Decision } from './pack.ts';

export const statusNames: Readonly<Record<TaxpayerStatus, string>> = {
  normal: '正常',
  'suspended-business': '停业',
  abnormal: '非正常',
  bankrupt: '破产',
  deregistered: '注销',
};

const ratingNames: Readonly<Record<CreditRating, string>> = { A: 'A级', B: 'B级', M: 'M级', C: 'C级', D: 'D级', unrated: '未评' };

/** 一般纳税人 only: others have no credit. */
export function decideGeneralTaxpayer({ taxpayerKind }: RosterRow): Decision {
  const facts = { taxpayerKind };
  if (taxpayerKind === null) return { outcome: 'needsEvidence', facts, text: '纳税人类型空白，请向税源管理岗核实是否为一般纳税人' };
  if (taxpayerKind === 'general') return { outcome: 'met', facts, text: '为增值税一般纳税人' };
  return { outcome: 'notMet', facts, text: '为小规模纳税人，没有留抵税额可退' };
}

/** Reading "Status": only 注销 leaves the scope; the others are warned of (notices.ts). */
export function decideStatus({ status }: RosterRow): Decision {
  const facts = { status };
  if (status === 'deregistered') return { outcome: 'notMet', facts, text: '纳税人已注销，不在适用范围' };
  return { outcome: 'met', facts, text: `纳税人状态为${statusNames[status]}` };
}

export function decideFiled({ filed }: RosterRow): Decision {
  const facts = { filed };
  if (filed === null) return { outcome: 'needsEvidence', facts, text: '当期是否已申报空白，请查申报记录' };
  if (filed) return { outcome: 'met', facts, text: '已完成当期增值税申报' };
  return { outcome: 'notMet', facts, text: '未完成当期增值税申报，须先申报' };
}

export function decideRating({ creditRating }: RosterRow, accepted: readonly string[]): Decision {
  const facts = { creditRating };
  const wanted = accepted.map((rating) => `${rating}级`).join('或');
  if (creditRating === null) return { outcome: 'needsEvidence', facts, text: `纳税信用级别空白，请查申请时的级别（须为${wanted}）` };
  if (accepted.includes(creditRating)) return { outcome: 'met', facts, text: `纳税信用级别为${ratingNames[creditRating]}` };
  return { outcome: 'notMet', facts, text: `纳税信用级别为${ratingNames[creditRating]}，须为${wanted}` };
}

export function decideFraud({ fraud36 }: RosterRow, months: number): Decision {
  const facts = { fraud36 };
  const since = `申请前${String(months)}个月`;
  if (fraud36 === null) return { outcome: 'needsEvidence', facts, text: `${since}有无骗税或虚开空白，请向稽查部门核实` };
  if (fraud36) return { outcome: 'notMet', facts, text: `${since}有骗取退税或虚开增值税专用发票的情形` };
  return { outcome: 'met', facts, text: `${since}没有骗取退税或虚开增值税专用发票的情形` };
}

export function decideEvasion({ evasion36 }: RosterRow, months: number, barring: number): Decision {
  const facts = { evasion36 };
  const since = `申请前${String(months)}个月`;
  if (evasion36 === null) return { outcome: 'needsEvidence', facts, text: `${since}偷税处罚次数空白，请向稽查部门核实` };
  const times = `${since}因偷税被处罚${String(evasion36)}次`;
  if (evasion36 >= barring) return { outcome: 'notMet', facts, text: `${times}，达到${String(barring)}次不得申请` };
  return { outcome: 'met', facts, text: `${times}，未达${String(barring)}次` };
}

/**
 * 即征即退: not enjoyed, or wholly repaid in time. A repayment in time answers also where the column is blank: either value is met.
 * @param limit until when a repayment counts; null = any date counts
 */
export function decideImmediateRefund(row: RosterRow, since: CivilDate, limit: RepaymentLimit | null): Decision {
  const { immediateRefund, immediateRefundRepaidOn: repaidOn } = row;
  const facts = { immediateRefund, immediateRefundRepaidOn: repaidOn };
  const enjoyed = `${paperDate(since)}起享受即征即退、先征后返（退）`;
  if (immediateRefund === false) return { outcome: 'met', facts, text: `没有自${enjoyed}` };
  if (repaidOn !== null && (limit === null || repaidOn <= lastRepaymentDay(limit))) {
    return { outcome: 'met', facts, text: `自${enjoyed}的税款已于${paperDate(repaidOn)}全部缴回` };
  }
  if (immediateRefund === null) return { outcome: 'needsEvidence', facts, text: `是否自${enjoyed}空白，请核实` };
  const inTime = limit === null ? '' : `在${paperDate(lastRepaymentDay(limit))}以前（含当日）`;
  return { outcome: 'notMet', facts, text: `自${enjoyed}，且没有${inTime}全部缴回` };
}

/** Reading "Dates": never later than the last day of the filing month, nor than the day the announcement names, if it names one. */
export type RepaymentLimit = { readonly filing: TaxPeriod; readonly notLaterThan: CivilDate | null };

function lastRepaymentDay({ filing, notLaterThan }: RepaymentLimit): CivilDate {
  const monthEnd = lastDay(filing);
  return notLaterThan === null || monthEnd < notLaterThan ? monthEnd : notLaterThan;
}

/** Reading "Status": while 免抵退 waits for approval the credit to refund is not yet known. */
export function decideExportRefund({ exportRefundPending, exportRefundDue }: RosterRow): Decision {
  const facts = { exportRefundPending };
  if (exportRefundPending) return { outcome: 'needsEvidence', facts, text: '有未核准的免抵退应退税额，须等核准后再办理留抵退税' };
  if (exportRefundDue === 0n) return { outcome: 'met', facts, text: '没有待核准的免抵退税' };
  return { outcome: 'met', facts, text: `免抵退税已核准，未填入申报表的应退税额${groupedYuan(exportRefundDue)}元先从期末留抵中减去` };
}

/** Whether a statutory ground 暂停情形 is known: one suspends, whatever the blank ones are. */
export function hasSuspensionGround({ underInspection, filingMismatch, abnormalVouchers }: RosterRow): boolean {
  return underInspection === true || filingMismatch === true || abnormalVouchers > 0n;
}

export function decideSuspension(row: RosterRow): Decision {
  const { underInspection, filingMismatch, abnormalVouchers } = row;
  const facts = { underInspection, filingMismatch, hasAbnormalVouchers: abnormalVouchers > 0n };
  if (hasSuspensionGround(row)) {
    const grounds = [
      ...(underInspection === true ? ['被税务稽查立案且未结案'] : []),
      ...(filingMismatch === true ? ['增值税申报比对异常未处理'] : []),
      ...(abnormalVouchers > 0n ? [`有异常扣税凭证税额${groupedYuan(abnormalVouchers)}元未处理`] : []),
    ];
    return { outcome: 'notMet', facts, text: `${grounds.join('，')}，暂停办理，排除后继续` };
  }
  const blanks = [...(underInspection === null ? ['稽查立案未结'] : []), ...(filingMismatch === null ? ['申报比对异常未处理'] : [])];
  if (blanks.length > 0) return { outcome: 'needsEvidence', facts, text: `${blanks.join('、')}空白，请核实` };
  return { outcome: 'met', facts, text: '没有法定暂停办理情形' };
}
