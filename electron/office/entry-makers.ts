/**
 * Who may have made an entry 留痕经办人: by kind, the operations that append it, and through them the duties. Deep verification asks it of every entry over the
 * duties as the log itself gave them, and the operation loop before an act is committed, so that none is written that would be found later.
 * A duty taken from an operation must stay allowed to the entries written before: list the older operation's duties here.
 */
import type { z } from 'zod';
import { contract, isOperationName, type OperationName } from '../../shared/contract.ts';
import { dutyNames, duties as allDuties, type Duty } from '../../shared/kernel/office.ts';
import type { Permission } from '../../shared/kernel/operation.ts';
import { readOperator } from '../administration/index.ts';
import { cardIssued } from '../exchange/index.ts';
import type { EntryQuestion, FoldEntry } from '../journal/index.ts';

/** Makes the entries of a founding and of a restore, and signs nobody's name. */
const program = '#program';

type NamedEntry = Pick<FoldEntry<unknown>, 'kind' | 'facts'>;

type Makers = {
  readonly by: readonly OperationName[];
  /** Also the program itself: while the office is founded, or at any time. */
  readonly program?: 'founding' | 'always';
};

const arriving: readonly OperationName[] = ['exchange.importPackage', 'exchange.importHeld'];
const leaving: readonly OperationName[] = ['exchange.exportPackage', 'exchange.resendVoid', 'exchange.confirmEpoch'];

/** Kinds that are not named after the one operation that appends them. */
export const entryMakers: Readonly<Record<string, Makers>> = {
  'administration.open': { by: [], program: 'founding' },
  'administration.setOperator': { by: ['administration.addOperator', 'administration.setDuties', 'administration.setActive'], program: 'founding' },
  // Before the second person it was the system administrator's alone.
  'administration.setProfile': { by: ['administration.confirmProfile', 'administration.proposeProfile'] },
  'administration.noteAccess': { by: ['administration.setPassword'], program: 'always' },
  'administration.refuseAct': { by: ['administration.setPassword'] },
  'administration.restore': { by: [], program: 'always' },
  'keys.issueCard': { by: ['keys.rotate', 'keys.revoke'] },
  'keys.trustCard': { by: ['keys.trust', 'keys.confirmRoot', ...arriving] },
  'exchange.send': { by: leaving },
  'exchange.signHead': { by: [], program: 'always' },
  'exchange.write': { by: ['exchange.writePackage'] },
  'exchange.receive': { by: arriving },
  'exchange.acknowledge': { by: arriving },
  'exchange.freeze': { by: arriving },
  'exchange.hold': { by: arriving },
  'exchange.quarantine': { by: arriving },
  'exchange.openEpoch': { by: leaving },
  'exchange.receiveEpoch': { by: arriving },
  'policy.receive': { by: arriving },
  'survey.receive': { by: arriving },
  'refunds.issueVoucher': { by: ['refunds.issueVouchers'] },
  'refunds.checkVoucher': { by: ['refunds.checkVouchers'] },
  'refunds.voidVoucher': { by: ['refunds.voidVouchers'] },
  'refunds.clawBackPart': { by: ['refunds.clawBack'] },
  'refunds.clawBackWhole': { by: ['refunds.clawBack'] },
  'refunds.send': { by: leaving },
  'refunds.receiveRejection': { by: arriving },
  'refunds.postReceipt': { by: arriving },
  'treasury.receiveBatch': { by: arriving },
  'treasury.receiveList': { by: arriving },
  'treasury.tellBatch': { by: arriving },
  'treasury.tellReceipt': { by: arriving },
  'treasury.sendReceipt': { by: leaving },
  'treasury.receiveRejection': { by: arriving },
  'treasury.receiveSuspensions': { by: arriving },
  'reconciliation.receiveStatement': { by: arriving },
  'reconciliation.receiveSignature': { by: arriving },
  'treasury.return': { by: ['treasury.returnVouchers'] },
};

/** A bank's return undoes the crossing-off as its receipt arrives, whoever takes it. */
function arrivedWith({ kind, facts }: NamedEntry): boolean {
  return kind === 'refunds.undoCrossOff' && typeof facts === 'object' && facts !== null && 'cause' in facts && facts.cause === 'bank-return';
}

/** The first card is made while the office is founded, or by whoever comes first where that was cut off. */
function isFirstCard({ kind, facts }: NamedEntry): boolean {
  return kind === cardIssued.kind && (facts as z.output<typeof cardIssued.facts>).file.card.version === 1; // of that kind
}

function makersOf(entry: NamedEntry): Makers {
  if (arrivedWith(entry)) return { by: arriving };
  if (isFirstCard(entry)) return { by: ['keys.create'], program: 'always' };
  return entryMakers[entry.kind] ?? { by: isOperationName(entry.kind) ? [entry.kind] : [] };
}

/** @param duties of the maker, null when no such person may act. @returns the Chinese phrase, or null */
export function makerFault(entry: NamedEntry & Pick<FoldEntry<unknown>, 'maker'>, held: readonly Duty[] | null, founding: boolean): string | null {
  const makers = makersOf(entry);
  if (entry.maker === program) {
    return makers.program === 'always' || (makers.program === 'founding' && founding) ? null : '不是由程序自己办理的事项，却没有经办人';
  }
  if (held === null) return `经办人 ${entry.maker} 当时不在岗`;
  const permissions: readonly Permission[] = makers.by.map((name) => contract[name].may);
  if (permissions.length === 0 && makers.program === undefined) return null;
  if (permissions.some((may) => typeof may === 'string' || may.some((duty) => held.includes(duty)))) return null;
  const needed = allDuties.filter((duty) => permissions.some((may) => typeof may !== 'string' && may.includes(duty)));
  return `经办人 ${entry.maker} 当时没有${needed.map((duty) => dutyNames[duty]).join('、')}岗位`;
}

/** The question of deep verification: founding lasts until a person has made an entry. */
export function makersAsked(): EntryQuestion {
  let founding = true;
  return ({ db }, entry) => {
    const operator = readOperator(db, entry.maker);
    const fault = makerFault(entry, operator?.active === true ? operator.duties : null, founding);
    if (entry.maker !== program) founding = false;
    return fault;
  };
}
