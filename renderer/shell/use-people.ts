/** Names of the office's people 人员姓名: what a username in a history stands for, and who holds a duty. An unknown name is shown as it is. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { OperationOutput } from '../../shared/contract.ts';
import { dutyNames, type Duty } from '../../shared/kernel/office.ts';
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
    holding(duties: readonly Duty[]): readonly string[] {
      return operators.value.filter(({ active, duties: held }) => active && held.some((duty) => duties.includes(duty))).map(({ name }) => name);
    },
    /** `受理，轮到：经办 王小明`. @param but who cannot take it */
    turn(title: string, duties: readonly Duty[], but: (name: string) => boolean = () => false): string {
      const names = this.holding(duties).filter((name) => !but(name));
      const people = names.length === 0 ? '' : ` ${names.slice(0, 3).join('、')}${names.length > 3 ? '等' : ''}`;
      return `${title}，轮到：${duties.map((duty) => dutyNames[duty]).join('或')}${people}`;
    },
    async load(): Promise<void> {
      const reply = await ask('administration.operators', {});
      if (reply.ok) operators.value = reply.value.operators;
    },
  };
});
