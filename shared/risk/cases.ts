/**
 * The states of a hit 疑点 as one case table: found by a run, then judged by a person with a sentence and what it rests on. A later run of the same filing
 * period opens, refreshes and supersedes; it never judges. A hit is a 疑点 and no conclusion: what a person found out is the conclusion.
 * @source shared spec risk.md (At the desk)
 */
import { defineCases, stateNames, statesOf } from '../kernel/case.ts';
import { field } from '../kernel/record.ts';

export const riskRoleNames = { verifier: '核实人' } as const;
export type RiskRole = keyof typeof riskRoleNames;
export const riskRoles = ['verifier'] as const satisfies readonly RiskRole[];

const judged = {
  from: ['open'], by: 'person', may: ['reviewer'], role: 'verifier', reason: 'required', basis: null, input: { evidence: field.text('依据资料', 300) },
} as const;

export const riskCases = defineCases({
  name: 'risk', title: '疑点核实', counter: '条', cases: 'hits', case: 'hit',
  roleNames: riskRoleNames,
  forbidden: [],
  states: {
    open: { name: '未核实', tone: 'wait', next: 'clear', turn: '核实', queue: '疑点待核实' },
    proved: { name: '已核实有问题', tone: 'bad', next: null },
    cleared: { name: '已核实无问题', tone: 'good', next: null },
    referred: { name: '已转稽查', tone: 'active', next: null },
    superseded: { name: '后次判断未再列出', tone: 'plain', next: null },
  },
  acts: {
    open: { title: '列出疑点', from: [], to: 'open', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: null },
    refresh: { title: '按后次判断更新', from: ['open', 'referred'], to: 'same', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: null },
    /** What was judged was about other figures, or the hit was gone in between. */
    recur: { title: '疑点再次列出', from: ['proved', 'cleared', 'superseded'], to: 'open', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: null },
    supersede: { title: '后次判断未再列出', from: ['open'], to: 'superseded', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: null },
    clear: { ...judged, title: '核实无问题', to: 'cleared', operation: 'clear', says: '登记核实结果：无问题。请写明核实情况和所依据的资料。' },
    prove: { ...judged, title: '核实有问题', to: 'proved', operation: 'prove', says: '登记核实结果：有问题。退税的暂停、终止在“退税办理”中另行办理。' },
    refer: { ...judged, title: '转稽查', to: 'referred', operation: 'refer', says: '登记已转稽查。退税的暂停在“退税办理”中另行办理。' },
    reopen: {
      title: '重新核实', from: ['proved', 'cleared', 'referred'], to: 'open', by: 'person', may: ['approver'], role: null, reason: 'required', basis: null,
      operation: 'reopen', says: '撤回核实结果，回到未核实；原结果留在办理经过里。',
    },
  },
});

export type RiskState = keyof (typeof riskCases)['states'];
export type RiskAct = keyof (typeof riskCases)['acts'];
export const riskStates = statesOf(riskCases) as readonly [RiskState, ...RiskState[]]; // the table has rows
export const riskActs = Object.keys(riskCases.acts) as [RiskAct, ...RiskAct[]]; // the keys of a closed table
export const riskStateNames = stateNames<RiskState>(riskCases);
