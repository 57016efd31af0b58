/**
 * ENTERPRISE_LIST 企业清单, one row a taxpayer assessed for the filing period: what finance and treasury need to plan. `list` is one of the two named
 * lists of the county plan. Amounts without an open window count in no total.
 */
import { taxpayerFields } from '../../eligibility/fields.ts';
import { packNames } from '../../eligibility/model.ts';
import { verdictNames } from '../../eligibility/terms.ts';
import { field } from '../../kernel/record.ts';
import { fenAmount, textSchema } from '../../kernel/schema.ts';
import { surveyListNames } from '../../survey/model.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { taxpayerCodeSchema } from '../values.ts';

export const enterpriseList = defineKind({
  title: '企业清单',
  from: ['tax'],
  to: ['finance', 'treasury'],
  sections: {
    enterprises: section(
      '企业清单明细',
      {
        ...taxpayerFields,
        uscc: field.own(taxpayerFields.uscc.label, taxpayerCodeSchema),
        pack: field.oneOf('政策包', packNames),
        verdict: field.oneOf('结论', verdictNames),
        route: field.optional(taxpayerFields.route),
        list: field.optional(field.oneOf('清单类别', surveyListNames)),
        industryCode: field.optional(field.note('行业代码', 10)),
        listedIndustry: field.optional(field.flag('制造业等行业')),
        /** Null where a fact that decides is missing; an increase may be negative. */
        endingCreditFen: field.optional(field.fen('期末留抵税额')),
        existingCreditFen: field.optional(field.fen('存量留抵税额')),
        incrementalCreditFen: field.optional(field.fenBy('增量留抵税额', fenAmount)),
        refundableExistingFen: field.optional(field.fen('可退存量')),
        refundableIncrementalFen: field.optional(field.fen('可退增量')),
        /** Sum of the amounts whose window is open; 0 unless refundable. */
        refundableTotalFen: field.total('可退合计'),
        existingOpenFrom: field.optional(field.period('存量开放月份')),
        incrementalOpenFrom: field.optional(field.period('增量开放月份')),
        taxOffice: field.optional(field.note('主管税务所', 60)),
        /** The account a refund would go to: the application's, else the roster's. Lists of earlier programs do not tell it. */
        accountName: field.own('收款户名', textSchema(200).nullish()),
        bankAccount: field.own('收款账号', textSchema(40).nullish()),
      },
      { unique: ['uscc', 'filingPeriod'], sum: 'refundableTotalFen' },
    ),
  },
});
export type EnterpriseRow = RowOf<typeof enterpriseList.sections.enterprises>;
