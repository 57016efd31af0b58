/**
 * 下一步: what a taxpayer may do after each conclusion, in sentences that hold for the document that answered. Rights and terms stand only where the
 * dossier saw them; an explanation never takes the place of the 《税务事项通知书》.
 * @source policy-facts 2.2, 5.1 to 5.4; 2022-14/1, 2022-14/11, sta-2019-20/12, sta-2025-20/7
 */
import type { PackId, Verdict } from './model.ts';

export function nextStep(verdict: Verdict, pack: PackId): string {
  switch (verdict) {
    case 'refundable':
      return `在申报期内完成当期增值税申报后，可以提交《退（抵）税申请表》申请退还；也可以不申请，结转下期继续抵扣${pack === 'mof-sta-2022-14' ? '。当期没有申请的，以后申报期仍可申请' : ''}。`;
    case 'not-open':
      return '到表中“受理起始”所列的申报期再申请，届时按当时最近一期申报表的期末留抵税额重新测算。';
    case 'nothing-due':
      return '本期没有可以申请的金额；期末留抵税额（如有）结转下期继续抵扣，以后申报期按当期数字重新测算。';
    case 'suspended':
      return '暂停办理不是不予退税：所列情形处理完毕后继续审核，仍符合条件的准予退税，不再符合的不予退税。';
    case 'needs-evidence':
      return '上列资料补齐后重新测算；补齐以前不作符合或者不符合的结论。期末留抵税额可以继续抵扣。';
    case 'ineligible':
      return '期末留抵税额结转下期继续抵扣；条件具备后可以在以后的申报期申请。认为上列事实有误的，可以向编制单位提供资料，核实更正后重新测算。';
    case 'out-of-scope':
      return '本期不适用留抵退税。认为登记的类型或状态有误的，可以向编制单位提供资料，核实更正后重新测算。';
  }
}

/** Stands on every explanation. */
export const notADecision = '本说明供审核与告知使用，准予、不予、暂停或终止以《税务事项通知书》为准';
