/** The handler of 进度安排: reads policy, county plan, profile and calendar, and puts the sentences of plan and announcements side by side. */
import { z } from 'zod';
import type { scheduleContract, Schedule } from '../../shared/policy/schedule-contract.ts';
import { packIds } from '../../shared/eligibility/model.ts';
import { refuse } from '../../shared/errors.ts';
import { AssertionFault, present } from '../../shared/kernel/assert.ts';
import type { WorkingCalendar } from '../../shared/kernel/working-days.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import type { ResourceReader } from '../platform/resources.ts';
import type { Article } from '../../shared/eligibility/articles.ts';
import { loadCountyPlan, type CountyPlan } from './county-plan.ts';
import { loadArticles, packInForce, spansOf } from '../eligibility/index.ts';
import { standingPolicy } from './policy-in-force.ts';
import { scheduledDocument, scheduleMonths, windowLines } from './schedule.ts';

/** @param calendarOf the office's working calendar, which a capability above this one keeps */
/** Working days as the office counts them. */
export type OfficeCalendar = (ctx: Context) => WorkingCalendar;

export function scheduleHandlers(calendarOf: OfficeCalendar): HandlersOf<typeof scheduleContract> {
  return {
    'policy.schedule': plain((ctx, { period }): Schedule => {
      const policy = standingPolicy(ctx);
      const { plan, articles } = planAndArticles(ctx.office.county, ctx.resources);
      const spans = spansOf(policy);
      const terms = { document: scheduledDocument(policy.documents), spans, plan };
      const { monthlyReportDay: reportDay } = ctx.profile;
      const inForce = packInForce(spans, period);
      return {
        period,
        regimes: packIds.map((pack) => ({ pack, title: policy.packs[pack].title, ...spans[pack], inForce: pack === inForce })),
        windows: windowLines(terms, period),
        months: scheduleMonths(terms, period, calendarOf(ctx), reportDay),
        reportDay,
        plan: plan === null ? null : shownPlan(plan, articles),
      };
    }),
  };
}

function planAndArticles(county: string, resources: ResourceReader): { readonly plan: CountyPlan | null; readonly articles: ReadonlyMap<string, Article> } {
  const broken = (fault: string): never => refuse('POLICY_PACK_BROKEN', { pack: `plan/${county}.json`, fault });
  try {
    return { plan: loadCountyPlan(county, resources), articles: loadArticles((path) => resources(path) ?? broken(`${path}缺失`)) };
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof AssertionFault) return broken(error.message.slice(0, 200));
    throw error;
  }
}

function shownPlan({ title, note, sources, windows, differences, monthlyReport }: CountyPlan, articles: ReadonlyMap<string, Article>): NonNullable<Schedule['plan']> {
  return {
    title, note, sources, windows, monthlyReport,
    differences: differences.map(({ id, kind, title: name, place, plan, national, says, consequence, certainty }) => ({
      id, kind, title: name, place, plan, says, consequence, certainty,
      national: national.map(({ cite, quote }) => ({ quote, article: present(articles.get(cite), `the article ${cite}`) })),
    })),
  };
}
