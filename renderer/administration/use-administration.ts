/** What 系统管理 shows: the office, its people, the county profile. Holds answers; the office decides who may do what. */
import { defineStore } from 'pinia';
import { useAct, useAnswer } from '../use-answer.ts';
import { ask } from '../office.ts';

export const useAdministration = defineStore('administration', () => {
  const status = useAnswer(() => ask('administration.status', {}));
  const operators = useAnswer(() => ask('administration.operators', {}));
  const profile = useAnswer(() => ask('administration.profile', {}));
  const proposal = useAnswer(() => ask('administration.profileProposal', {}));
  return {
    status, operators, profile, proposal,
    adding: useAct('administration.addOperator'),
    settingDuties: useAct('administration.setDuties'),
    settingActive: useAct('administration.setActive'),
    settingPassword: useAct('administration.setPassword'),
    vouching: useAct('administration.vouchPassword'),
    confirmingDate: useAct('administration.confirmDate'),
    proposingProfile: useAct('administration.proposeProfile'),
    confirmingProfile: useAct('administration.confirmProfile'),
    rejectingProfile: useAct('administration.rejectProfile'),
    unlocking: useAct('administration.unlock'),
    async load(): Promise<void> {
      await Promise.all([status.load(), operators.load(), profile.load(), proposal.load()]);
    },
  };
});
