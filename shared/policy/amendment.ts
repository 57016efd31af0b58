/**
 * Amendments of policy values 政策更正: what a person proposes, the states it goes through, and the lines of the list that says whom a changed
 * value touches 规则更正影响清单. Plain data; judging and comparing are electron/eligibility.
 * @source shared spec decisions 15, 16; house.md (Policy packs)
 */
import { z } from 'zod';
import { civilDateSchema, requiredText, textSchema } from '../kernel/schema.ts';
import { packIds } from '../eligibility/model.ts';

/** A 条文直接看到 · B 二手材料 · C 背景知识 · D 推论或产品口径 (policy-facts 0). */
export const certainties = ['A', 'B', 'C', 'D'] as const;
export type Certainty = (typeof certainties)[number];

export const certaintyNames: Readonly<Record<Certainty, string>> = { A: '条文直接看到', B: '二手材料', C: '背景知识', D: '推论或本单位口径' };

/** `received`: came by package, nobody here has confirmed it; `proposed`: one person stands for it; `in-force`: two people do. */
export const amendmentStates = ['received', 'proposed', 'in-force', 'withdrawn'] as const;
export type AmendmentState = (typeof amendmentStates)[number];

export const amendmentStateNames: Readonly<Record<AmendmentState, string>> = {
  received: '已收到，待两人确认',
  proposed: '待第二人确认',
  'in-force': '已生效',
  withdrawn: '已撤回',
};

export const amendmentNoSchema = z.string().regex(/^ZC-[0-9]{4}-[0-9]{4}$/, '不是政策更正编号（ZC-年度-四位序号）');

/** One value of one parameter; `unit` repeats the parameter's own, so that a value meant for another is noticed. */
export const amendmentChangeSchema = z.strictObject({
  key: requiredText(60),
  unit: requiredText(60),
  value: z.json(),
  cites: z.array(requiredText(60)).min(1, '须写明依据').max(20).readonly(),
  certainty: z.enum(certainties),
  note: textSchema(500).nullable(),
});
export type AmendmentChange = z.output<typeof amendmentChangeSchema>;

/** What one document of the authorities changes in one pack. */
export const amendmentDraftSchema = z.strictObject({
  title: requiredText(120),
  /** Number of the document that changes the values 文号. */
  documentNo: requiredText(120),
  pack: z.enum(packIds),
  /** Date of the document. */
  issuedOn: civilDateSchema,
  changes: z.array(amendmentChangeSchema).min(1, '至少更正一项').max(50).readonly(),
});
export type AmendmentDraft = z.output<typeof amendmentDraftSchema>;

/** Where a refund that is under way stands, as far as a changed rule is concerned. */
export const refundPhases = ['open', 'approved', 'at-treasury', 'paid', 'ended'] as const;
export type RefundPhase = (typeof refundPhases)[number];

/** A refund of one taxpayer and filing period, as the composition root passes it in. */
export type RefundUnderWay = { readonly refund: string; readonly phase: RefundPhase; readonly stateName: string };

/**
 * What is to be done about a refund under way when the amount of its period moves; null when nothing is. No law was found that orders a
 * refund already paid to be reopened by a changed value, so the sentences name the desk's next step and no obligation (needs evidence).
 */
export function nextStepFor(phase: RefundPhase | null, difference: bigint, routeChanged: boolean): string {
  if (phase === null || phase === 'ended') return difference > 0n ? '重新测算本期后列入应退名单' : '重新测算本期';
  if (difference === 0n && !routeChanged) return '金额与条款不变，核对结论后照常办理';
  switch (phase) {
    case 'open': return '重新测算本期并更新应退额后再审核、核准';
    case 'approved': return '尚未送国库：暂不开具或组批，退回补正后按新结果重新核准';
    case 'at-treasury': return '已送国库：立即与国库联系，确认是否已退付再定';
    case 'paid': return difference < 0n ? '已退付且多于新结果：是否追回须另行查明依据，经会商后办理' : '已退付：是否补退须另行查明依据，经会商后办理';
  }
}
