/**
 * A real office 正式单位 for specs of the window: five people with duties and passwords, keys sealed under a passphrase. Founded in process with the
 * machine's own clock a few hours back, because the window lives by that clock; nothing here is a practice office.
 */
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings, type Office } from '../../electron/office/office.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../shared/contract.ts';
import { agencyNames, type Agency, type Duty } from '../../shared/kernel/office.ts';

/** Username → name and duties; three business people can run an office (decision 12). */
export const staff = {
  anquan: { name: '李安全', duties: ['security'] },
  jingban: { name: '王经办', duties: ['handler', 'issuer'] },
  fuhe: { name: '赵复核', duties: ['reviewer'] },
  shenpi: { name: '孙审批', duties: ['approver'] },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly duties: readonly Duty[] }>>;
export type Person = keyof typeof staff;

export const keyPassphrase = '封存在保险柜里的密钥口令';

/** What an administrator gives with an account; its owner changes it at once. */
export const firstPassword = '当面交给本人的第一个口令';

/** Everyone has a password of their own. */
export function passwordOf(person: string): string {
  return `${person}-本人的口令-2026`;
}

export type RealOffice = {
  readonly dir: string;
  readonly office: Office;
  /** Calls an operation that must succeed; each takes a minute. */
  call<N extends OperationName>(person: Person, name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
};

/** @param hoursBack how long ago it is founded */
export async function realOffice(agency: Agency, dir: string, hoursBack: number): Promise<RealOffice> {
  let now = Date.now() - hoursBack * 3_600_000;
  const env = systemSurroundings({ clock: () => now });
  const administrator = { username: 'admin', name: '周系统', password: passwordOf('admin') };
  const office = await foundOffice(dir, { agency, county: '211382', name: `凌源市${agencyNames[agency]}`, practice: false, administrator, keyPassphrase }, env);
  const call = async <N extends OperationName>(username: string, name: N, input: OperationInput<N>): Promise<OperationOutput<N>> => {
    now += 60_000;
    const reply = await office.call(name, input, username);
    if (!reply.ok) throw new Error(`${agency} ${name}: ${reply.error.code} ${reply.error.message}`);
    return reply.value as OperationOutput<N>; // the contract fixes the output of a name
  };
  const own = (username: string): Promise<unknown> => call(username, 'administration.setPassword', { username, current: firstPassword, password: passwordOf(username) });
  for (const [username, { name, duties }] of Object.entries(staff)) {
    // A business account is opened without duties: granting them is the security administrator's.
    const administers = duties.some((duty) => duty === 'security');
    await call('admin', 'administration.addOperator', { username, name, ...(administers ? { duties: [...duties], password: firstPassword } : {}) });
    if (administers) await own(username);
    else {
      await call('anquan', 'administration.setDuties', { username, duties: [...duties] });
      await call('anquan', 'administration.setPassword', { username, password: firstPassword });
      await own(username);
      await call('admin', 'administration.vouchPassword', { username });
    }
  }
  return { dir, office, call };
}
