/**
 * The nine conditions that every refund shares 共同条件, judged on columns of the row alone: general taxpayer, status, filing, credit rating, fraud,
 * evasion, 即征即退, 免抵退, grounds of suspension. One array; a pack gives its citations and its last day of repaying.
 * @source 2022-14/3, 2022-14/9, 2022-14/10, sta-2019-20/12; readings.md, Rows, Status, Dates
 */
import type { Outcome, RouteId } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import { civilDate, paperDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CreditRating, RosterRow, TaxpayerStatus } from '../../shared/roster/model.ts';
import { amountFact, groupedFact, told } from './facts.ts';
import type { RuleDefinition } from './pack.ts';
import type { SharedParameters } from './parameter-values.ts';

export const statusNames: Readonly<Record<TaxpayerStatus, string>> = {
  normal: '正常',
  'suspended-business': '停业',
  abnormal: '非正常',
  bankrupt: '破产',
  deregistered: '注销',
};

const ratingNames: Readonly<Record<CreditRating, string>> = { A: 'A级', B: 'B级', M: 'M级', C: 'C级', D: 'D级', unrated: '未评' };

export const commonIds = ['generalTaxpayer', 'status', 'filed', 'rating', 'fraud', 'evasion', 'immediateRefund', 'exportRefund', 'suspension'] as const;
type CommonId = (typeof commonIds)[number];

/** What a pack says of the nine conditions itself. @typeParam P the pack's parameters */
export type CommonTerms<P> = {
  readonly cites: Readonly<Record<CommonId, readonly string[]>>;
  /** A route of another document, and its citations for the same conditions. */
  readonly citesUnder?: Readonly<Partial<Record<CommonId, Partial<Record<RouteId, readonly string[]>>>>>;
  /** The last day on which a repayment of 即征即退 counts; null = any day. */
  readonly lastRepayment: (filing: TaxPeriod, parameters: P) => CivilDate | null;
};

/** @returns the eight that open the list of findings, and the grounds of suspension that close it */
export function commonConditions<P extends SharedParameters>(terms: CommonTerms<P>): { readonly first: readonly RuleDefinition<P>[]; readonly suspension: RuleDefinition<P> } {
  const rules = commonRows(terms).map((rule): RuleDefinition<P> => {
    const under = terms.citesUnder?.[rule.id];
    return { ...rule, repeats: true, cites: terms.cites[rule.id], ...(under === undefined ? {} : { citesUnder: under }) };
  });
  return { first: rules.slice(0, -1), suspension: present(rules.at(-1), 'the grounds of suspension') };
}

type CommonRow<P> = Omit<RuleDefinition<P>, 'id' | 'cites'> & { readonly id: CommonId };

const either: readonly Outcome[] = ['met', 'notMet', 'needsEvidence'];

/** A blank lacks evidence, otherwise the answer is given. */
function known<T>(value: T | null, holds: (given: T) => boolean): Outcome {
  return value === null ? 'needsEvidence' : holds(value) ? 'met' : 'notMet';
}

function commonRows<P extends SharedParameters>({ lastRepayment }: CommonTerms<P>): readonly CommonRow<P>[] {
  return [
    {
      id: 'generalTaxpayer', title: '一般纳税人', bears: 'scope', outcomes: either,
      decide: ({ row }) => known(row.taxpayerKind, (kind) => kind === 'general'),
      states: ({ row }) => ({ taxpayerKind: row.taxpayerKind }),
      says: told({ met: '为增值税一般纳税人', notMet: '为小规模纳税人，没有留抵税额可退', needsEvidence: '纳税人类型空白，请向税源管理岗核实是否为一般纳税人' }),
    },
    {
      // Reading "Status": only 注销 leaves the scope; the others are warned of (notices.ts).
      id: 'status', title: '纳税人状态', bears: 'scope', outcomes: ['met', 'notMet'],
      decide: ({ row }) => (row.status === 'deregistered' ? 'notMet' : 'met'),
      states: ({ row }) => ({ status: row.status }),
      says: ({ outcome, facts }) => (outcome === 'notMet' ? '纳税人已注销，不在适用范围' : `纳税人状态为${statusNames[facts['status'] as TaxpayerStatus]}`), // as stated above
    },
    {
      id: 'filed', title: '当期已申报', bears: 'condition', outcomes: either,
      decide: ({ row }) => known(row.filed, (filed) => filed),
      states: ({ row }) => ({ filed: row.filed }),
      says: told({ met: '已完成当期增值税申报', notMet: '未完成当期增值税申报，须先申报', needsEvidence: '当期是否已申报空白，请查申报记录' }),
    },
    {
      id: 'rating', title: '纳税信用级别', bears: 'condition', outcomes: either,
      decide: ({ row }, p) => known<string>(row.creditRating, (rating) => p.acceptedRatings.some((accepted) => accepted === rating)),
      states: ({ row }) => ({ creditRating: row.creditRating }),
      says({ outcome, facts }, { acceptedRatings }) {
        const wanted = acceptedRatings.map((rating) => `${rating}级`).join('或');
        if (outcome === 'needsEvidence') return `纳税信用级别空白，请查申请时的级别（须为${wanted}）`;
        const name = ratingNames[facts['creditRating'] as CreditRating]; // as stated above
        return outcome === 'met' ? `纳税信用级别为${name}` : `纳税信用级别为${name}，须为${wanted}`;
      },
    },
    {
      id: 'fraud', title: '骗税与虚开', bears: 'condition', outcomes: either,
      decide: ({ row }) => known(row.fraud36, (fraud) => !fraud),
      states: ({ row }) => ({ fraud36: row.fraud36 }),
      says({ outcome }, { fraudMonths }) {
        const since = `申请前${String(fraudMonths)}个月`;
        if (outcome === 'needsEvidence') return `${since}有无骗税或虚开空白，请向稽查部门核实`;
        return `${since}${outcome === 'met' ? '没有' : '有'}骗取退税或虚开增值税专用发票的情形`;
      },
    },
    {
      id: 'evasion', title: '偷税处罚', bears: 'condition', outcomes: either,
      decide: ({ row }, p) => known(row.evasion36, (times) => times < p.evasionPenaltiesBarring),
      states: ({ row }) => ({ evasion36: row.evasion36 }),
      says({ outcome, facts }, { evasionMonths, evasionPenaltiesBarring: barring }) {
        const since = `申请前${String(evasionMonths)}个月`;
        if (outcome === 'needsEvidence') return `${since}偷税处罚次数空白，请向稽查部门核实`;
        const times = `${since}因偷税被处罚${String(facts['evasion36'])}次`;
        return outcome === 'notMet' ? `${times}，达到${String(barring)}次不得申请` : `${times}，未达${String(barring)}次`;
      },
    },
    {
      // Not enjoyed, or wholly repaid in time. A repayment in time answers also where the column is blank: either value is met.
      id: 'immediateRefund', title: '即征即退与缴回', bears: 'condition', outcomes: either,
      decide({ row: { immediateRefund, immediateRefundRepaidOn: repaidOn }, filing }, p) {
        if (immediateRefund === false) return 'met';
        if (repaidOn !== null) {
          const last = lastRepayment(filing, p);
          if (last === null || repaidOn <= last) return 'met';
        }
        return immediateRefund === null ? 'needsEvidence' : 'notMet';
      },
      states: ({ row }) => ({ immediateRefund: row.immediateRefund, immediateRefundRepaidOn: row.immediateRefundRepaidOn }),
      says({ outcome, facts, filing }, p) {
        const enjoyed = `${paperDate(p.immediateRefundSince)}起享受即征即退、先征后返（退）`;
        if (outcome === 'needsEvidence') return `是否自${enjoyed}空白，请核实`;
        if (facts['immediateRefund'] === false) return `没有自${enjoyed}`;
        if (outcome === 'met') return `自${enjoyed}的税款已于${paperDate(civilDate(String(facts['immediateRefundRepaidOn'])))}全部缴回`;
        const last = lastRepayment(filing, p);
        return `自${enjoyed}，且没有${last === null ? '' : `在${paperDate(last)}以前（含当日）`}全部缴回`;
      },
    },
    {
      // Reading "Status": while 免抵退 waits for approval the credit to refund is not yet known.
      id: 'exportRefund', title: '免抵退优先', bears: 'measure', outcomes: ['met', 'needsEvidence'],
      hides: ['exportRefundDue'],
      decide: ({ row }) => (row.exportRefundPending ? 'needsEvidence' : 'met'),
      states: ({ row: { exportRefundPending, exportRefundDue } }) =>
        (exportRefundDue === 0n ? { exportRefundPending } : { exportRefundPending, exportRefundDue: amountFact(exportRefundDue) }),
      says({ outcome, facts }) {
        if (outcome === 'needsEvidence') return '有未核准的免抵退应退税额，须等核准后再办理留抵退税';
        if (facts['exportRefundDue'] === undefined) return '没有待核准的免抵退税';
        return `免抵退税已核准，未填入申报表的应退税额${groupedFact(facts['exportRefundDue'])}元先从期末留抵中减去`;
      },
    },
    {
      id: 'suspension', title: '暂停办理情形', bears: 'suspension', outcomes: either,
      hides: ['abnormalVouchers'],
      decide({ row }) {
        if (hasSuspensionGround(row)) return 'notMet';
        return row.underInspection === null || row.filingMismatch === null ? 'needsEvidence' : 'met';
      },
      states({ row: { underInspection, filingMismatch, abnormalVouchers } }) {
        const stated = { underInspection, filingMismatch, hasAbnormalVouchers: abnormalVouchers > 0n };
        return abnormalVouchers > 0n ? { ...stated, abnormalVouchers: amountFact(abnormalVouchers) } : stated;
      },
      says({ outcome, facts: { underInspection, filingMismatch, abnormalVouchers } }) {
        if (outcome === 'notMet') {
          const grounds = [
            ...(underInspection === true ? ['被税务稽查立案且未结案'] : []),
            ...(filingMismatch === true ? ['增值税申报比对异常未处理'] : []),
            ...(abnormalVouchers === undefined ? [] : [`有异常扣税凭证税额${groupedFact(abnormalVouchers)}元未处理`]),
          ];
          return `${grounds.join('，')}，暂停办理，排除后继续`;
        }
        if (outcome === 'met') return '没有法定暂停办理情形';
        return `${[...(underInspection === null ? ['稽查立案未结'] : []), ...(filingMismatch === null ? ['申报比对异常未处理'] : [])].join('、')}空白，请核实`;
      },
    },
  ];
}

/** Reading "Dates": a repayment counts until the last day of the filing month, and not later than the day the announcement names, if it names one. */
export function lastRepaymentDay(filing: TaxPeriod, notLaterThan: CivilDate | null): CivilDate {
  const monthEnd = lastDay(filing);
  return notLaterThan === null || monthEnd < notLaterThan ? monthEnd : notLaterThan;
}

/** Whether a statutory ground 暂停情形 is known: one suspends, whatever the blank ones are. */
export function hasSuspensionGround({ underInspection, filingMismatch, abnormalVouchers }: RosterRow): boolean {
  return underInspection === true || filingMismatch === true || abnormalVouchers > 0n;
}
