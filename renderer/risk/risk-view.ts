/** Hits as a page of cases 疑点: queues, columns, operations and words around the case table. What is found and judged is not decided here. */
import { defineAsyncComponent, h } from 'vue';
import { periodLabel } from '../../shared/kernel/tax-period.ts';
import { riskCases } from '../../shared/risk/cases.ts';
import { hitName } from '../../shared/risk/words.ts';
import type { CaseView } from '../components/case/case-view.ts';
import { ask } from '../office.ts';
import { riskColumns, riskColumnSets, risksSource } from './risk-table.ts';

const RiskBody = defineAsyncComponent(() => import('./RiskBody.vue'));

export const riskView: CaseView = {
  table: riskCases, path: '/risk', title: '风险', says: '', rows: '疑点', rowKey: 'hit', byPeriod: true,
  columns: riskColumns, columnSets: riskColumnSets, source: risksSource,
  counts: async (period) => {
    const reply = await ask('risk.list', { limit: 1, ...(period === null ? {} : { period }) });
    return reply.ok ? { ok: true, value: new Map(reply.value.states.map(({ state, count }) => [state, count])) } : reply;
  },
  get: async (hit) => {
    const reply = await ask('risk.get', { hit });
    if (!reply.ok) return reply;
    const shown = reply.value;
    const { period, uscc } = shown.hit;
    return {
      ok: true,
      value: {
        row: shown.hit, says: `${uscc}　${periodLabel(period)}申报期　${shown.hit.indicatorName}`, links: [{ title: '审核说明', to: `/assessment/${period}/${uscc}` }],
        people: shown.people, acts: shown.acts, history: shown.history, now: () => ({}), body: () => [h(RiskBody, { shown })],
      },
    };
  },
  keyText: hitName, help: { evidence: 'risk.evidence' }, amountKey: 'stake', blind: [], remarks: () => [],
  empty: { says: '这里现在没有疑点', next: '名册导入后由经办或复核人“排查”，列出的疑点在这里由复核人核实。疑点只供核实，不是结论。' },
  sheets: [{ key: 'indicators', title: '排查与各指标', component: defineAsyncComponent(() => import('./IndicatorsSheet.vue')) }],
};
