/** The sequence rules as a table, and as what they come to: every package once, in order, whatever the road does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideByHeader, decideByManifest, peerHistoryHolds, type HeaderDecision, type ManifestQuestion } from '../../../electron/exchange/sequence.ts';
import { emptyHead, extendHead, type LedgerHead } from '../../../electron/journal/index.ts';
import { sha256, zeros } from '../../support/exchange-packages.ts';
import { incomingChannel, outgoingChannel, type Standing } from '../../support/exchange-terms.ts';

const hash = (seq: number, variant = ''): string => sha256(`package ${String(seq)}${variant}`);
const received = [hash(1), hash(2)];
const at = (seq: number, variant = '', epoch = 1) => ({ epoch, seq, manifest_hash: hash(seq, variant) });
const frozen = { frozen: { at: '2022-05-01T00:00:00.000Z', code: 'PACKAGE_FORK' as const } };

test.each<readonly [string, Standing, ReturnType<typeof at>, HeaderDecision['kind']]>([
  ['the first package of a channel', {}, at(1), 'next'],
  ['the next number', { received }, at(3), 'next'],
  ['the last number again', { received }, at(2), 'duplicate'],
  ['an old number again', { received }, at(1), 'duplicate'],
  ['an old number with other content', { received }, at(1, 'x'), 'fork'],
  ['the last number with other content', { received }, at(2, 'x'), 'fork'],
  ['a number too far', { received }, at(4), 'gap'],
  ['a held number again', { received, held: { 4: hash(4) } }, at(4), 'gap'],
  ['a held number with other content', { received, held: { 4: hash(4) } }, at(4, 'x'), 'fork'],
  ['the next number while it is held too', { received, held: { 3: hash(3) } }, at(3), 'next'],
  ['one more when 64 are held', { received, held: Object.fromEntries(Array.from({ length: 64 }, (_, index) => [index + 5, hash(index + 5)])) }, at(4), 'held-full'],
  ['a later epoch', { received }, at(1, '', 2), 'new-epoch'],
  ['an earlier epoch', { received, incoming: { epoch: 2 } }, at(3), 'ended-epoch'],
  ['the next number while frozen', { received, incoming: frozen }, at(3), 'frozen'],
  ['an old number while frozen', { received, incoming: frozen }, at(2), 'duplicate'],
  ['an old number with other content while frozen', { received, incoming: frozen }, at(2, 'x'), 'fork'],
])('%s', (_name, standing, header, expected) => {
  expect(decideByHeader(incomingChannel(standing), header).kind).toBe(expected);
});

test('a gap names the first number that is missing', () => {
  expect(decideByHeader(incomingChannel({ received }), at(7))).toEqual({ kind: 'gap', missing: 3, heldAlready: false });
  expect(decideByHeader(incomingChannel({ received, held: { 7: hash(7) } }), at(7))).toEqual({ kind: 'gap', missing: 3, heldAlready: true });
});

const ownEntries = [sha256('e1'), sha256('e2'), sha256('e3')];
const sent = [hash(11), hash(12), hash(13)];
type Ack = ManifestQuestion['manifest']['ack'];
const sentHash = (seq: number): string => (seq === 0 ? zeros : (sent[seq - 1] ?? hash(seq)));
const ack = (last: number, seen: LedgerHead = emptyHead, change: Partial<Ack> = {}): Ack => ({
  peer_epoch: 1, last_seq: last, last_manifest_hash: sentHash(last), head_seen: seen, proof: null, ...change,
});
const ours = 'a'.repeat(128);
const proof = (seq: number, signature = ours, manifestHash = sentHash(seq)): Pick<Ack, 'proof'> => ({
  proof: { header: { seq, manifest_hash: manifestHash } as NonNullable<Ack['proof']>['header'], signature }, // the other fields are the caller's check
});
const seen = (seq: number, other = ''): LedgerHead => ({ seq, hash: other === '' ? (ownEntries[seq - 1] ?? sha256(`e${String(seq)}`)) : sha256(other) });

test.each<readonly [string, { readonly seq: number; readonly prev: string; readonly ack: Ack; readonly acked?: number }, string]>([
  ['a first package that quotes zeros', { seq: 1, prev: zeros, ack: ack(0) }, 'sound'],
  ['a first package that quotes something', { seq: 1, prev: hash(9), ack: ack(0) }, 'chain-broken'],
  ['a third that quotes the second', { seq: 3, prev: hash(2), ack: ack(2, seen(2)), acked: 1 }, 'sound'],
  ['a third that quotes the first', { seq: 3, prev: hash(1), ack: ack(0) }, 'chain-broken'],
  ['a third that quotes zeros', { seq: 3, prev: zeros, ack: ack(0) }, 'chain-broken'],
  ['a head of ours beyond our ledger: we were restored', { seq: 3, prev: hash(2), ack: ack(2, seen(4)) }, 'own-ledger-older'],
  ['a head of ours that reads otherwise: we were restored and went on', { seq: 3, prev: hash(2), ack: ack(2, seen(2, 'other')) }, 'own-ledger-older'],
  ['a restored ledger is named before the number it forgot', { seq: 3, prev: hash(2), ack: ack(9, seen(4)) }, 'own-ledger-older'],
  ['a number we signed and do not have: we were restored', { seq: 3, prev: hash(2), ack: ack(9, seen(3), proof(9)) }, 'own-ledger-older'],
  ['a number proved by a header of ours with another number', { seq: 3, prev: hash(2), ack: ack(9, seen(3), proof(8)) }, 'ack-never-sent'],
  ['a number proved by a header that is not ours', { seq: 3, prev: hash(2), ack: ack(9, seen(3), proof(9, 'b'.repeat(128))) }, 'ack-never-sent'],
  ['our number under another hash that we signed too: we were restored', { seq: 3, prev: hash(2), ack: ack(2, seen(3), { last_manifest_hash: hash(99), ...proof(2, ours, hash(99)) }) }, 'own-ledger-older'],
  ['a number never sent, over a ledger that agrees', { seq: 3, prev: hash(2), ack: ack(9, seen(3)) }, 'ack-never-sent'],
  ['another epoch of ours', { seq: 3, prev: hash(2), ack: ack(2, seen(3), { peer_epoch: 2 }) }, 'ack-never-sent'],
  ['an acknowledgement that stands still', { seq: 3, prev: hash(2), ack: ack(2, seen(3)), acked: 2 }, 'sound'],
  ['an acknowledgement that goes back', { seq: 3, prev: hash(2), ack: ack(1, seen(3)), acked: 2 }, 'ack-went-back'],
  ['our number with another hash', { seq: 3, prev: hash(2), ack: ack(2, seen(3), { last_manifest_hash: hash(99) }), acked: 2 }, 'ack-went-back'],
  ['zeros quoted under a number', { seq: 3, prev: hash(2), ack: ack(2, seen(3), { last_manifest_hash: zeros }) }, 'ack-went-back'],
])('%s', (_name, { seq, prev, ack: acknowledgement, acked }, expected) => {
  const decision = decideByManifest({
    manifest: { seq, prev_manifest_hash: prev, ack: acknowledgement },
    incoming: incomingChannel({ received }),
    outgoing: outgoingChannel({ sent, ...(acked === undefined ? {} : { acked }) }),
    isOwnHeader: (proof) => proof.signature === ours,
    ownHashAt: (number) => (number === 0 ? zeros : (ownEntries[number - 1] ?? null)),
  });
  expect(decision.kind).toBe(expected);
});

const leaves = ['a', 'b', 'c', 'd', 'e'].map((letter) => sha256(letter));
const head = (count: number): LedgerHead => extendHead(emptyHead, leaves.slice(0, count));

test.each<readonly [string, LedgerHead, readonly string[], LedgerHead, LedgerHead, boolean]>([
  ['the whole ledger from the start', emptyHead, leaves, head(5), emptyHead, true],
  ['from the head seen last', head(2), leaves.slice(2), head(5), head(2), true],
  ['from before the head seen last, through it', head(1), leaves.slice(1), head(5), head(3), true],
  ['nothing new', head(5), [], head(5), head(5), true],
  ['a leaf too few', head(2), leaves.slice(2, 4), head(5), head(2), false],
  ['a leaf too many', head(2), leaves.slice(1), head(5), head(2), false],
  ['an altered leaf', head(2), [sha256('x'), ...leaves.slice(3)], head(5), head(2), false],
  ['leaves that do not pass through the head seen last', emptyHead, [sha256('x'), ...leaves.slice(1)], head(5), head(3), false],
  ['a consistently rewritten chain', emptyHead, leaves.map((leaf) => sha256(leaf)), extendHead(emptyHead, leaves.map((leaf) => sha256(leaf))), head(3), false],
  ['a ledger that became shorter', emptyHead, leaves.slice(0, 2), head(2), head(3), false],
  ['a start that was never seen', head(4), leaves.slice(4), head(5), head(2), false],
  ['an empty start with a hash', { seq: 0, hash: sha256('x') }, leaves, extendHead({ seq: 0, hash: sha256('x') }, leaves), emptyHead, false],
])('a peer’s ledger: %s', (_name, from, given, to, seenHead, expected) => {
  expect(peerHistoryHolds({ leaves_from: from, ledger_head: to }, given, seenHead)).toBe(expected);
});

test('whatever the road drops, repeats or turns around, every number is taken once and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 120 }), (arrivals) => {
      const taken: string[] = [];
      const held = new Map<number, string>();
      const importOne = (seq: number): void => {
        const decision = decideByHeader(incomingChannel({ received: taken, held: Object.fromEntries(held) }), at(seq));
        if (decision.kind === 'next') {
          held.delete(seq);
          taken.push(hash(seq));
          if (held.has(seq + 1)) importOne(seq + 1);
        } else if (decision.kind === 'gap') held.set(seq, hash(seq));
        else expect(decision.kind).toBe('duplicate');
      };
      for (const seq of arrivals) importOne(seq);
      let complete = 0;
      while (arrivals.includes(complete + 1)) complete += 1;
      expect(taken).toEqual(Array.from({ length: complete }, (_, index) => hash(index + 1)));
    }),
    { numRuns: 300 },
  );
});
