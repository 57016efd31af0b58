/**
 * Paying while the tax office cannot be answered 通道停用时的退付: a receipt that cannot leave keeps the refund as 已送国库 there, so the payer is asked first. What
 * stops a channel is the exchange's to say; nothing else about a voucher is judged here.
 * @source reviews/faults.md C5
 */
import { refuse } from '../../shared/errors.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import { plain, type Context, type HandlersOf } from '../journal/index.ts';

/** Why nothing can be sent to an office, as a Chinese clause, or null. */
export type Unanswerable = (ctx: Context, peer: Agency) => string | null;

type Pay = HandlersOf<typeof treasuryContract>['treasury.pay'];

/** @throws Refusal PAY_UNANSWERED unless the payer has said that he knows */
export function payAsked(pay: Pay, unanswerable: Unanswerable): Pay {
  assert(pay.kind === 'plain', 'paying waits for nothing');
  return plain((ctx, input) => {
    const why = unanswerable(ctx, 'tax');
    if (why !== null && !input.unanswered) refuse('PAY_UNANSWERED', { why });
    return pay.run(ctx, why === null ? { ...input, unanswered: false } : input);
  });
}
