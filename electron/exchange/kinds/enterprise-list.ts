/**
 * ENTERPRISE_LIST 企业清单: the taxpayers due a refund in a filing period with what finance and treasury plan by, and the two named lists of
 * the county plan: 小微企业清单 and 制造业等行业大中型企业清单. Receivers keep it and hold every voucher of the period against it.
 * @source seed 二(一); shared spec product.md P1
 */
import type { DeterminationRecord } from '../../../shared/eligibility/record.ts';
import { surveyListOf } from '../../../shared/survey/model.ts';
import type { EnterpriseRow } from '../../../shared/exchange/kinds/enterprise-list.ts';
import { groupedYuan, type Fen } from '../../../shared/kernel/money.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { periodLabel, periodOf, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import { present } from '../../../shared/kernel/assert.ts';
import type { Context } from '../../journal/index.ts';
import { assessedRecords, openKinds, packDocument } from '../../eligibility/index.ts';
import { accountsApplied } from '../../refunds/index.ts';
import { receiveList, type ListLine } from '../../treasury/index.ts';
import { rosterRows } from '../../roster/index.ts';
import { documentName, eachRow, monthGiven, monthOfRows, nobody, notEmpty } from '../agreement.ts';
import { totalOf } from '../control.ts';
import { alwaysSound, nothingElse, type DocumentDraft, type KindBehaviour } from '../kind.ts';

export const enterpriseListKind: KindBehaviour = {
  gather(ctx, request) {
    const period = request.period ?? periodOf(ctx.today);
    const judged = assessedRecords(ctx.db, period).map(({ record }) => record).filter(({ verdict }) => verdict === 'refundable');
    const enterprises = enterprisesOf(ctx, period, judged);
    if (enterprises.length === 0) return null;
    return {
      rows: { enterprises },
      docId: `ENTERPRISE_LIST/${period}`,
      period,
      policyPack: policyPackOf(ctx, present(judged[0], 'first enterprise')),
      reviewedBy: null,
      approvedBy: null,
      receiptOf: null,
    };
  },
  sent: nothingElse,
  agreements: [
    monthGiven('enterprises'),
    notEmpty('enterprises'),
    monthOfRows('enterprises', '申报期', (row) => row.filingPeriod),
    documentName('enterprises', ({ period }) => period ?? ''),
    nobody('enterprises'),
    {
      name: 'policy-pack',
      code: 'POLICY_PACK_UNNAMED',
      disagreements: ({ policyPack, rows }) => {
        const named = policyPack !== null && rows.enterprises?.some((row) => row.pack === policyPack.id) === true;
        return named ? [] : [{ section: 'enterprises', line: 0, field: '政策包', says: policyPack?.id ?? '未写明政策包' }];
      },
    },
    eachRow('only-refundable', 'enterprises', ({ verdict }) => (verdict === 'refundable' ? null : { field: '结论', says: '清单只列可退的纳税人' })),
    eachRow('total-of-open', 'enterprises', (row) => {
      const { existingFen, incrementalFen } = listLine(row);
      const open = existingFen + incrementalFen;
      return row.refundableTotalFen === open ? null : { field: '可退合计', says: `应为办理期已到的 ${groupedYuan(open)} 元` };
    }),
  ],
  judge: alwaysSound,
  post(ctx, { from, packageId, period, rows }) {
    const enterprises = rows.enterprises ?? [];
    receiveList(ctx, { packageId, period: present(period, 'month of a list'), lines: enterprises.map(listLine) });
    const total = groupedYuan(totalOf(enterprises, (row) => row.refundableTotalFen));
    const named = (list: EnterpriseRow['list']): string => String(enterprises.filter((row) => row.list === list).length);
    return `收到${agencyNames[from]}${periodLabel(present(period, 'month of a list'))}企业清单 ${String(enterprises.length)} 户（小微 ${named('small-micro')} 户，制造业等行业大中型 ${named('listed-industry')} 户），可退 ${total} 元`;
  },
};

/** Refundable taxpayers in order of code. */
function enterprisesOf(ctx: Context, period: TaxPeriod, judged: readonly DeterminationRecord[]): EnterpriseRow[] {
  const offices = new Map(Array.from(rosterRows(ctx.db, period), (row) => [row.uscc, row]));
  const accounts = accountsApplied(ctx.db, period);
  return judged.map((record) => {
    const { uscc, pack, verdict, route, size, listedIndustry, existingOpenFrom, incrementalOpenFrom } = record;
    return {
      uscc, pack, verdict, route, size, listedIndustry, existingOpenFrom, incrementalOpenFrom,
      name: record.name,
      filingPeriod: period,
      list: surveyListOf(record),
      industryCode: offices.get(uscc)?.industryCode ?? null,
      endingCreditFen: record.endingCredit,
      existingCreditFen: record.existingCredit,
      incrementalCreditFen: record.incrementalCredit,
      refundableExistingFen: record.refundableExisting,
      refundableIncrementalFen: record.refundableIncremental,
      refundableTotalFen: record.refundableTotal,
      taxOffice: offices.get(uscc)?.office ?? null,
      accountName: (accounts.get(uscc) ?? offices.get(uscc))?.accountName ?? null,
      bankAccount: (accounts.get(uscc) ?? offices.get(uscc))?.bankAccount ?? null,
    };
  });
}

/** What a receiver keeps of a row: of each kind what may be refunded now. */
function listLine(row: EnterpriseRow): ListLine {
  const { uscc, name, route, verdict } = row;
  const open = openKinds({
    period: row.filingPeriod, verdict, refundableExisting: row.refundableExistingFen, refundableIncremental: row.refundableIncrementalFen,
    refundableTotal: row.refundableTotalFen, existingOpenFrom: row.existingOpenFrom, incrementalOpenFrom: row.incrementalOpenFrom,
  });
  const due = (isOpen: boolean, amount: Fen | null): Fen => (verdict === 'refundable' && isOpen ? (amount ?? 0n) : 0n);
  return {
    uscc, name, route, accountName: row.accountName ?? null, bankAccount: row.bankAccount ?? null,
    existingFen: due(open.existing, row.refundableExistingFen), incrementalFen: due(open.incremental, row.refundableIncrementalFen),
  };
}

/** The pack that judged the list, with the hash under which it did, amended since or not; its version is the first filing period it governs. */
function policyPackOf(ctx: Context, { pack: id, sources }: DeterminationRecord): DocumentDraft['policyPack'] {
  const { hash } = present(sources.find(({ pack }) => pack === id), 'source of the pack in force');
  return { id, version: packDocument(ctx.resources, id).document.filing.from, hash };
}
