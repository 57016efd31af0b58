/**
 * Two versions of a snapshot side by side 版本对比: who came, who went, whose line changed, and the sums that lead from the one total to the
 * other. Decides only.
 */
import type { Fen } from '../../shared/kernel/money.ts';
import { surveyChangeKinds, type SurveyChangeKind, type SurveyLine, type SurveyVerdict } from '../../shared/survey/model.ts';

export type SurveyChange = {
  readonly uscc: string;
  readonly name: string;
  readonly kind: SurveyChangeKind;
  readonly before: Fen;
  readonly after: Fen;
  /** Of the later version: why someone went. */
  readonly verdict: SurveyVerdict;
  readonly changed: readonly string[];
};

const columns = {
  name: '纳税人名称', industry: '行业', size: '企业规模', route: '适用条款', verdict: '测算结论', list: '清单', existing: '存量', incremental: '增量', existingWindow: '存量起始月',
  incrementalWindow: '增量起始月', existingOpen: '存量是否可办', incrementalOpen: '增量是否可办',
} as const satisfies Readonly<Partial<Record<keyof SurveyLine, string>>>;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as readonly Column[]; // the keys of a closed table

/** Changes in order of code. Lines that do not count are only asked for the verdict of those who went. */
export function compareSurveys(before: readonly SurveyLine[], after: readonly SurveyLine[]): SurveyChange[] {
  const old = new Map(before.filter((line) => line.counted).map((line) => [line.uscc, line]));
  const present = new Map(after.map((line) => [line.uscc, line]));
  const changes: SurveyChange[] = [];
  for (const line of present.values()) {
    const earlier = old.get(line.uscc);
    if (!line.counted) continue;
    if (earlier === undefined) changes.push({ ...of(line), kind: 'came', before: 0n, after: amount(line), changed: [] });
    else {
      const changed = columnNames.filter((column) => earlier[column] !== line[column]).map((column) => columns[column]);
      if (changed.length > 0) changes.push({ ...of(line), kind: 'changed', before: amount(earlier), after: amount(line), changed });
    }
  }
  for (const line of old.values()) {
    const now = present.get(line.uscc);
    if (now?.counted !== true) changes.push({ ...of(now ?? { ...line, verdict: 'absent' }), kind: 'went', before: amount(line), after: 0n, changed: [] });
  }
  return changes.sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

/** One row a kind of change, also where there is none. */
export function sumChanges(changes: readonly SurveyChange[]): { readonly kind: SurveyChangeKind; readonly count: number; readonly before: Fen; readonly after: Fen }[] {
  return surveyChangeKinds.map((kind) => {
    const some = changes.filter((change) => change.kind === kind);
    return { kind, count: some.length, before: some.reduce((sum, change) => sum + change.before, 0n), after: some.reduce((sum, change) => sum + change.after, 0n) };
  });
}

function of({ uscc, name, verdict }: SurveyLine): Pick<SurveyChange, 'uscc' | 'name' | 'verdict'> {
  return { uscc, name, verdict };
}

function amount(line: SurveyLine): Fen {
  return line.existing + line.incremental;
}
