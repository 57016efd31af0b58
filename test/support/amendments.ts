/** Amendments for tests: drafts over the packs of 2022, proposed and confirmed by practice operators, who are named after their duty. */
import type { Office } from '../../electron/office/office.ts';
import type { AmendmentDraft } from '../../shared/policy/amendment.ts';
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { done } from './practice.ts';

/** A draft over 2022-14: small firms lose the existing credit of April, micro ones keep it. */
export function draft2022(key: string, unit: string, value: unknown, issuedOn: string): AmendmentDraft {
  return {
    title: `调整一项参数`, documentNo: '演练〔2022〕3号', pack: 'mof-sta-2022-14', issuedOn: civilDate(issuedOn),
    changes: [{ key, unit, value: value as string, cites: ['演练3号/1'], certainty: 'A', note: null }], // tests give wrong values too
  };
}

/** Micro firms have to wait for their existing credit until June 2022. */
export const laterWindow = draft2022('window.existing.micro', '申报期', '2022-06', '2022-04-12');
/** Half of what was due. */
export const halfRate = draft2022('refundRate', '倍数', '0.5', '2022-04-13');

export async function propose(office: Office, draft: AmendmentDraft, as = 'handler'): Promise<string> {
  return (await done(office, 'policy.propose', { draft }, as)).no;
}

/** Proposed by the handler, confirmed by the reviewer. @returns its number */
export async function amend(office: Office, draft: AmendmentDraft): Promise<string> {
  const no = await propose(office, draft);
  await done(office, 'policy.confirm', { no }, 'reviewer');
  return no;
}
