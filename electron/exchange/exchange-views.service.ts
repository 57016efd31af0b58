/**
 * Queries of the exchange 收发查询: what came and went, which numbers are missing, which receipts are due, and a look into a file that
 * changes nothing.
 * @source headless.md `package list`, `package inspect`; shared spec exchange.md 2.5
 */
import type { exchangeContract } from '../../shared/exchange/contract.ts';
import { receiptDisputes } from '../../shared/exchange/disputes.ts';
import { errorMessage, errorTable } from '../../shared/error-table.ts';
import { refuse, type ErrorKey } from '../../shared/errors.ts';
import type { ErrorRow } from '../../shared/kernel/errors.ts';
import { shanghaiDate, type Instant } from '../../shared/kernel/civil-date.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import { type Context, type HandlersOf, plain, prepared } from '../journal/index.ts';
import { readHeldSeqs, readIncoming, readOutgoing } from './channel.sql.ts';
import { readPackageFile } from './import.service.ts';
import { examine } from './import-terms.ts';
import { frozenParams } from './import-steps.ts';
import { inspectionOf } from './inspection.ts';
import { readStandingCards } from './key-card.sql.ts';
import { expiringKeys } from './exchange-desk.ts';
import { kindTitle, overdueOf } from './overdue.ts';
import { channelStop } from './stops.ts';
import { hasAccepted, listPackages, listReceiptsDue, listReceiptsGot, listRefusedFiles, oldestUnacknowledged } from './package-lists.sql.ts';

type ViewContract = Pick<typeof exchangeContract, 'exchange.inspectPackage' | 'exchange.listPackages' | 'exchange.gaps' | 'exchange.stops' | 'exchange.quarantine' | 'exchange.receipts'>;

export const exchangeViewHandlers: HandlersOf<ViewContract> = {
  'exchange.inspectPackage': prepared({
    prepare: async (env, { file }) => {
      const reading = readPackageFile(env, file);
      if (!reading.ok) return refuse(reading.code, reading.params);
      return inspectionOf(await examine(env, reading.value));
    },
    apply: (_ctx, _input, inspection) => inspection,
  }),
  'exchange.listPackages': plain((ctx, { offset, limit, ...filter }) => listPackages(ctx.db, filter, { offset, limit })),
  'exchange.gaps': plain((ctx) => {
    const peers = readStandingCards(ctx.db).filter((card) => !card.own);
    const overdue = peers.flatMap(({ file: { card }, trustedAt }) => {
      const traffic = {
        peer: card.agency,
        since: shanghaiDate(trustedAt as Instant), // written from a checked instant
        hasReportOf: (period: string) => hasAccepted(ctx.db, card.agency, 'MONTHLY_REPORT', period),
        unacknowledged: oldestUnacknowledged(ctx.db, card.agency),
      };
      return overdueOf(traffic, ctx.office.agency, ctx.today, ctx.profile.monthlyReportDay);
    });
    return {
      channels: peers.map(({ file }) => channelView(ctx, file.card.agency)),
      keys: expiringKeys(ctx),
      overdue: overdue.map((late) => ({ ...late, message: errorMessage('PACKAGE_OVERDUE', { agency: agencyNames[late.peer], kind: late.kind }) })),
    };
  }),
  'exchange.stops': plain((ctx) => ({
    stops: readStandingCards(ctx.db).filter((card) => !card.own).flatMap(({ file: { card: { agency: peer } } }) => {
      const stop = channelStop(ctx, peer);
      return stop === null ? [] : [{ peer, ...stop }];
    }),
    keys: expiringKeys(ctx),
  })),
  'exchange.quarantine': plain((ctx) => ({
    files: listRefusedFiles(ctx.db).map(({ at, fileHash, stage, code }) => {
      // A code that this version no longer has stands for itself.
      const row: ErrorRow = Object.hasOwn(errorTable, code) ? errorTable[code as ErrorKey] : { says: code, next: '' };
      return { at, fileHash, stage, code, says: unnamed(row.says), next: unnamed(row.next) };
    }),
  })),
  'exchange.receipts': plain((ctx) => ({
    due: listReceiptsDue(ctx.db).map(({ at, peer, epoch, seq, kind, verdict, code }) => ({ peer, epoch, seq, kind: kindTitle(kind), verdict, code, receivedAt: at })),
    got: listReceiptsGot(ctx.db).map((row) => ({ ...row, kind: kindTitle(row.kind), dispute: row.dispute === null ? null : receiptDisputes[row.dispute] })),
  })),
};

/** A sentence whose names were not recorded. */
function unnamed(sentence: string): string {
  return sentence.replace(/\{[a-zA-Z]+\}/g, '…');
}

function channelView(ctx: Context, peer: (typeof ctx.office)['agency']) {
  const incoming = readIncoming(ctx.db, peer);
  const outgoing = readOutgoing(ctx.db, peer);
  const held = readHeldSeqs(ctx.db, peer);
  const waiting = new Set(held);
  const last = held.at(-1) ?? incoming.lastSeq;
  const beyond = Array.from({ length: Math.max(0, last - incoming.lastSeq) }, (_, index) => incoming.lastSeq + 1 + index);
  const { frozen } = incoming;
  return {
    peer,
    epoch: incoming.epoch,
    lastReceived: incoming.lastSeq,
    missing: beyond.filter((seq) => !waiting.has(seq)),
    held,
    lastSent: outgoing.lastSeq,
    acknowledged: outgoing.ackedSeq,
    frozen: frozen === null ? null : { ...frozen, message: errorMessage('CHANNEL_FROZEN', { agency: agencyNames[peer], ...frozenParams(frozen) }) },
    stop: channelStop(ctx, peer),
    peerHead: incoming.headSeen,
  };
}

