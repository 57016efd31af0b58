/** What a verb has that works on an office 单位: its surroundings, and the one session with the office of --office, opened at the first use. */
import { refusal } from '../../shared/errors.ts';
import type { Surroundings } from '../journal/index.ts';
import { systemSurroundings } from '../office/office.ts';
import { openSession, type Session } from './session.ts';
import { textOption, UsageFault, type BareArgs } from './verb.ts';

export type OfficeArgs = { readonly env: Surroundings; readonly session: () => Session; close(): void };

/** @param clock of --clock, for practice offices only; null = the clock of the system */
export function officeArgs({ options, secret, progress }: BareArgs, clock: number | null): OfficeArgs {
  const env = systemSurroundings({ ...(clock === null ? {} : { clock: () => clock }), progress, mayReplace: () => options['replace'] === true });
  let session: Session | null = null;
  return {
    env,
    session() {
      if (session === null) {
        const dir = textOption(options, 'office');
        if (dir === undefined) throw new UsageFault('缺少 --office DIR');
        session = openSession({ dir, as: textOption(options, 'as'), env, secret });
        if (clock !== null && !session.office.identity.practice) {
          session.close();
          throw refusal('CLOCK_ONLY_IN_PRACTICE');
        }
      }
      return session;
    },
    close: () => session?.close(),
  };
}
