/**
 * What of the exchange waits or stops work 待办, as lines of the desk: an older ledger at work, channels that rest with whom to call, keys that expire, packages
 * not yet on a stick, receipts in dispute.
 * @source reviews/faults.md C3, C5
 */
import { civilDate } from '../../shared/kernel/civil-date.ts';
import type { DeskLine } from '../../shared/kernel/case.ts';
import { agencyNames, businessDuties } from '../../shared/kernel/office.ts';
import type { Context } from '../journal/index.ts';
import { readStandingCards } from './key-card.sql.ts';
import { keyExpiryOf, keyExpirySentence } from './key-expiry.ts';
import { suspensionNumber } from '../refunds/index.ts';
import { lastTold } from './package.sql.ts';
import { sumDisputed, sumUnwritten } from './package-lists.sql.ts';
import { standstillOf } from './standstill.ts';
import { channelStop } from './stops.ts';

const one = { table: 'exchange', may: businessDuties, count: 1, total: null, oldest: null, dueOn: null, daysLeft: null, overdue: 0 } as const;

export function exchangeDesk(ctx: Context): readonly DeskLine[] {
  const stops = readStandingCards(ctx.db).filter((card) => !card.own).flatMap(({ file: { card } }) => channelStop(ctx, card.agency) ?? []);
  const standstill = standstillOf(ctx.db, ctx.signed);
  const counted = [
    { state: 'unwritten', title: '已签名未写入U盘的交换包', ...sumUnwritten(ctx.db) },
    { state: 'disputed', title: '回执有争议、须与对方核对的交换包', ...sumDisputed(ctx.db) },
  ];
  return [
    ...(standstill === null ? [] : [{ ...one, state: 'standstill', title: `账本停办：本单位账本${standstill}；请与各方重新开期` }]),
    ...stops.map(({ says, call }) => ({ ...one, state: 'stopped', title: `${says}；${call}` })),
    ...expiringKeys(ctx).map(({ message, expiresOn, daysLeft }) => ({ ...one, state: 'key-expiry', title: message, dueOn: civilDate(expiresOn), overdue: daysLeft < 0 ? 1 : 0 })),
    ...untoldSuspensions(ctx),
    ...counted.filter(({ count }) => count > 0).map(({ state, title, count, since }) => ({ ...one, state, title, count, oldest: since })),
  ];
}

/** Suspensions and releases of the tax office that the treasury, or finance, has not been told of: until then the treasury pays. */
function untoldSuspensions(ctx: Context): readonly DeskLine[] {
  const number = ctx.office.agency === 'tax' ? suspensionNumber(ctx.db) : 0;
  return (['treasury', 'finance'] as const).flatMap((peer) => {
    const told = Number(lastTold(ctx.db, 'SUSPENSION_NOTICE', peer)?.split('/')[1] ?? 0);
    if (told >= number) return [];
    return [{ ...one, state: 'suspensions-untold', title: `暂停、解除尚未送${agencyNames[peer]}的暂缓退库通知`, count: number - told }];
  });
}

/** Keys that expire soon, or have: whose, when, what to do. */
export function expiringKeys(ctx: Context) {
  return readStandingCards(ctx.db).flatMap(({ own, file: { card } }) => {
    const expiresOn = card.signing.at(-1)?.expiresOn;
    const expiry = expiresOn === undefined ? null : keyExpiryOf(expiresOn, ctx.today);
    if (expiresOn === undefined || expiry === null) return [];
    return [{ agency: card.agency, own, expiresOn, daysLeft: expiry.daysLeft, message: keyExpirySentence(own ? '本单位' : agencyNames[card.agency], expiresOn, expiry) }];
  });
}
