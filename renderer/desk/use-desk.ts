/** The to-dos of the desk 待办, gathered from the capabilities' own questions. Counts and deadlines are theirs; here they only become lines. */
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { duties, dutyNames } from '../../shared/kernel/office.ts';
import type { Tone } from '../components/table/columns.ts';
import { ask } from '../office.ts';
import { useAnswer } from '../use-answer.ts';

export type Task = { readonly key: string; readonly kind: string; readonly tone: Tone; readonly says: string; readonly act: string; readonly to: string };

export const useDesk = defineStore('desk', () => {
  const status = useAnswer(() => ask('administration.status', {}));
  const operators = useAnswer(() => ask('administration.operators', {}));
  const answers = [status, operators];

  const tasks = computed<readonly Task[]>(() => {
    const lines: Task[] = [];
    const missing = operators.value.value === null ? [] : duties.filter((duty) => operators.value.value?.operators.some((operator) => operator.active && operator.duties.includes(duty)) !== true);
    if (missing.length > 0) {
      lines.push({ key: 'duties', kind: '人员', tone: 'wait', says: `还没有人担任：${missing.map((duty) => dutyNames[duty]).join('、')}`, act: '到系统管理', to: '/administration' });
    }
    return lines;
  });

  return {
    tasks,
    waiting: computed(() => answers.some((answer) => answer.waiting.value)),
    errors: computed(() => answers.flatMap((answer) => (answer.error.value === null ? [] : [answer.error.value]))),
    async load(): Promise<void> {
      await Promise.all(answers.map((answer) => answer.load()));
    },
  };
});
