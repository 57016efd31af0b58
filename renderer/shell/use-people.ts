/** Names of the office's people 人员姓名: what a username in a history stands for. An unknown one is shown as it is. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { ask } from '../office.ts';

export const usePeople = defineStore('people', () => {
  const names = ref<ReadonlyMap<string, string>>(new Map());
  return {
    /** `王小明`; a name that several people share gets its username behind it. */
    nameOf(username: string): string {
      const name = names.value.get(username);
      if (name === undefined) return username;
      const shared = [...names.value.values()].filter((other) => other === name).length > 1;
      return shared ? `${name}（${username}）` : name;
    },
    async load(): Promise<void> {
      const reply = await ask('administration.operators', {});
      if (reply.ok) names.value = new Map(reply.value.operators.map(({ username, name }) => [username, name]));
    },
  };
});
