/** Names of the office's people 人员姓名: what a username in a history stands for, and who holds a duty. An unknown name is shown as it is. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { OperationOutput } from '../../shared/contract.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import { ask } from '../office.ts';

export const usePeople = defineStore('people', () => {
  const operators = shallowRef<OperationOutput<'administration.operators'>['operators']>([]);
  return {
    /** `王小明`; a name that several people share gets its username behind it. */
    nameOf(username: string): string {
      const name = operators.value.find((operator) => operator.username === username)?.name;
      if (name === undefined) return username;
      return operators.value.filter((other) => other.name === name).length > 1 ? `${name}（${username}）` : name;
    },
    /** Names of those who may sign in and hold one of these duties. */
    holding: (duties: readonly Duty[]): readonly string[] => operators.value.filter(({ active, duties: held }) => active && held.some((duty) => duties.includes(duty))).map(({ name }) => name),
    async load(): Promise<void> {
      const reply = await ask('administration.operators', {});
      if (reply.ok) operators.value = reply.value.operators;
    },
  };
});
