/** What the sheets of backup 备份 and verification 校验 show. Holds answers; when something is due and whether a backup is good is the office's. */
import { defineStore } from 'pinia';
import { parseInstant, shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import { ask } from '../office.ts';
import { useAct, useAnswer } from '../use-answer.ts';

export const useCare = defineStore('care', () => {
  const care = useAnswer(() => ask('administration.care', {}));
  const backups = useAnswer(() => ask('administration.backups', {}));
  return {
    care, backups,
    backingUp: useAct('administration.backup'),
    verifying: useAct('administration.verify'),
    proposing: useAct('administration.proposeRecovery'),
    settingRecovery: useAct('administration.setRecovery'),
    async load(): Promise<void> {
      await Promise.all([care.load(), backups.load()]);
    },
  };
});

/** An instant as people read it. */
export function momentText(text: string | undefined): string {
  const instant = text === undefined ? null : parseInstant(text);
  return instant === null ? '尚无' : shanghaiDateTime(instant);
}

/** A size in the unit that keeps it short. */
export function sizeText(bytes: number): string {
  return bytes < 1_048_576 ? `${String(Math.ceil(bytes / 1024))} KB` : `${String(Math.ceil(bytes / 104_857.6) / 10)} MB`;
}
