/**
 * Which office is open and who is signed in 会话, as the program says. Every change comes from the program's own status; the page keeps no
 * password and decides no right.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Reply } from '../../shared/reply.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import type { RunningWork, ShellInput, ShellOutput, ShellStatus } from '../../shared/shell/contract.ts';
import type { ReplyError } from '../components/refusal.ts';
import { askShell } from '../office.ts';

export type Stage = 'starting' | 'no-office' | 'signed-out' | 'locked' | 'password-given' | 'signed-in';

/** Rows of the shell's table that change the session; the status that follows is told as a notice. */
type ChangingName = 'shell.openOffice' | 'shell.foundOffice' | 'shell.restoreOffice' | 'shell.closeOffice' | 'shell.signIn' | 'shell.signOut' | 'shell.lock' | 'shell.unlock' | 'shell.unlockKeys';

export const useSession = defineStore('session', () => {
  const status = shallowRef<ShellStatus | null>(null);
  const error = shallowRef<ReplyError | null>(null);
  const running = ref<readonly RunningWork[]>([]);

  const office = computed(() => status.value?.office?.identity ?? null);
  const person = computed(() => status.value?.person ?? null);
  const stage = computed<Stage>(() => {
    if (status.value === null) return 'starting';
    if (office.value === null) return 'no-office';
    if (person.value === null) return 'signed-out';
    if (status.value.locked) return 'locked';
    return person.value.password === null ? 'signed-in' : 'password-given';
  });

  function take(next: ShellStatus): void {
    status.value = next;
    running.value = next.running;
  }

  return {
    status, error, running, office, person, stage,
    /** The sentence of the fault that made the office read-only, or null. */
    fault: computed(() => status.value?.office?.fault ?? null),
    /** How a restored ledger came here, or null; it is read-only too. */
    restored: computed(() => status.value?.office?.restored ?? null),
    keysUnlocked: computed(() => status.value?.office?.keysUnlocked ?? false),
    holds: (duties: readonly Duty[]): boolean => duties.some((duty) => person.value?.duties.includes(duty) === true),
    /** Asks for the status once and hears every later one. */
    async start(): Promise<void> {
      window.liudi.subscribe('status', take);
      window.liudi.subscribe('progress', ({ ended, ...work }) => {
        const others = running.value.filter((other) => other.work !== work.work);
        running.value = ended ? others : [...others, work];
      });
      const reply = await askShell('shell.status', {});
      // A notice that came meanwhile is newer than this answer.
      if (reply.ok && status.value === null) take(reply.value);
      else if (!reply.ok) error.value = reply.error;
    },
    /** Runs a row that changes the session; its status has come as a notice when this settles. */
    change: <N extends ChangingName>(name: N, input: ShellInput<N>): Promise<Reply<ShellOutput<N>>> => askShell(name, input),
    async stopWork(work: number): Promise<void> {
      running.value = running.value.map((other) => (other.work === work ? { ...other, stopping: true } : other));
      await askShell('shell.stopWork', { work });
    },
  };
});
