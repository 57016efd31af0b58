/** What 交换 shows: packages, gaps, receipts, keys; and the stick folder that the clerk pointed at last. Holds answers only. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ListedFile, Picked } from '../../shared/shell/contract.ts';
import { ask, askShell } from '../office.ts';
import { useAct, useAnswer, useStep } from '../use-answer.ts';

export const useExchange = defineStore('exchange', () => {
  const incoming = useAnswer(() => ask('exchange.listPackages', { direction: 'in', limit: 200 }));
  const outgoing = useAnswer(() => ask('exchange.listPackages', { direction: 'out', limit: 200 }));
  const gaps = useAnswer(() => ask('exchange.gaps', {}));
  const receipts = useAnswer(() => ask('exchange.receipts', {}));
  const quarantine = useAnswer(() => ask('exchange.quarantine', {}));
  const keys = useAnswer(() => ask('keys.show', {}));
  const openings = useAnswer(() => ask('exchange.openings', {}));
  const folder = shallowRef<Picked | null>(null);
  const files = shallowRef<readonly ListedFile[]>([]);
  const more = ref(false);
  const listing = useStep(async (picked: Picked) => {
    const reply = await askShell('shell.listFolder', { folder: picked.token });
    if (reply.ok) {
      folder.value = picked;
      files.value = reply.value.files;
      more.value = reply.value.more;
    }
    return reply;
  });
  const picking = useStep(() => askShell('shell.pickFolder', { purpose: 'stick' }));
  return {
    incoming, outgoing, gaps, receipts, quarantine, keys, openings, folder, files, more, listing, picking,
    writing: useAct('exchange.writePackage'),
    exporting: useAct('exchange.exportPackage'),
    async load(): Promise<void> {
      await Promise.all([incoming.load(), outgoing.load(), gaps.load(), receipts.load(), quarantine.load(), keys.load(), openings.load()]);
    },
  };
});
