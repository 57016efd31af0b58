/**
 * The form of a package kind 交换包种类 on this side: gather a document from the capabilities below, judge a received one against what
 * stands, post it through their doors. Framing, keys and numbers are not its business.
 */
import type { ErrorKey } from '../../shared/errors.ts';
import type { FreezeCode } from '../../shared/exchange/freezes.ts';
import type { FaultRow } from '../../shared/exchange/kinds/receipt.ts';
import type { PackageKind, SectionName, SectionRows } from '../../shared/exchange/kinds.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Context } from '../journal/index.ts';
import type { Agreement } from './agreement.ts';
import type { ManifestJson } from './package-schema.ts';

export type ExportRequest = {
  readonly to: Agency;
  readonly period: TaxPeriod | null;
  readonly batchNo: string | null;
  /** Number of the received package that a receipt answers. */
  readonly ofSeq: number | null;
  /** Somebody has said that a document without business rows is meant. */
  readonly allowEmpty?: boolean;
  readonly ofEpoch?: number;
  /** The second person of an opening 开期 signs now; in any other request the file made before is sent again. */
  readonly confirming?: boolean;
  /** A document that an opening made void, taken from the package that carried it; nothing is gathered then. */
  readonly again?: DocumentDraft;
};

export type DocumentDraft = {
  readonly rows: SectionRows;
  /** The document's own number, e.g. `REFUND_BATCH/PC-2022-0001`; a changed content gets `/2`, `/3` behind it. */
  readonly docId: string;
  readonly period: TaxPeriod | null;
  readonly policyPack: ManifestJson['policy_pack'];
  /** Who prepared it, where that is another than the person who signs. */
  readonly preparedBy?: string;
  readonly reviewedBy: string | null;
  readonly approvedBy: string | null;
  readonly receiptOf: { readonly epoch: number; readonly seq: number } | null;
};

export type SentDocument = {
  readonly packageId: string;
  readonly to: Agency;
  readonly draft: DocumentDraft;
  /** The same document went to this peer before and was rejected there. */
  readonly again: boolean;
};

export type ReceivedDocument = {
  readonly packageId: string;
  readonly kind: PackageKind;
  readonly from: Agency;
  readonly to: Agency;
  readonly epoch: number;
  readonly seq: number;
  readonly period: TaxPeriod | null;
  readonly docId: string;
  readonly docHash: string;
  readonly manifestHash: string;
  readonly preparedBy: string;
  /** Who the manifest says reviewed and approved; null where it names nobody. */
  readonly reviewedBy: string | null;
  readonly approvedBy: string | null;
  readonly policyPack: ManifestJson['policy_pack'];
  /** Whether the sender's ledger continues what it has shown before. */
  readonly continues: boolean;
  /** The sender's clock: a claim. */
  readonly claimedAt: Instant;
  readonly rows: SectionRows;
};

/** What is wrong with a document that is sound in itself. */
export type DocumentJudgement =
  | { readonly kind: 'faults'; readonly code: ErrorKey; readonly params: ErrorParams; readonly faults: readonly FaultRow[]; /** When more were found than are kept. */ readonly faultsTotal?: number }
  /** It contradicts what this office knows for certain: the channel freezes. */
  | { readonly kind: 'contradiction'; readonly code: FreezeCode; readonly params: ErrorParams };

export type KindBehaviour = {
  /** @returns null when there is nothing to send; asked once before signing and again inside the transaction */
  gather(ctx: Context, request: ExportRequest): DocumentDraft | null;
  /** Whether a document says nothing of its business, where that is not told by having no row at all. */
  readonly isEmpty?: (rows: SectionRows) => boolean;
  /** What else is true once the package is signed, e.g. that the batch has left. */
  sent(ctx: Context, sent: SentDocument): void;
  /** What its sending had moved is moved back: the peer rejected the package and took nothing of it. @returns what waits now, in Chinese */
  rejected?(ctx: Context, sent: { readonly packageId: string; readonly to: Agency }): string | null;
  /** What must hold inside the document, in the order in which it is asked; before `judge`. */
  readonly agreements: readonly Agreement[];
  /** Against the ledger. Reads only; asked before the transaction and again inside it, and asks whatever `post` takes for granted. */
  judge(ctx: Context, document: ReceivedDocument): DocumentJudgement | null;
  /** Appends the entries of the capabilities below. @returns a Chinese sentence without the final 。 */
  post(ctx: Context, document: ReceivedDocument): string;
};

/** For kinds whose sending changes nothing but the channel. */
export function nothingElse(): void {
  // The package itself is the record.
}

/** For kinds whose rows need no look at the ledger. */
export function alwaysSound(): null {
  return null;
}

/** A fault of one row found across rows or against the ledger. */
export function rowFault(section: SectionName, line: number, field: string, message: string): FaultRow {
  return { section, line, field, code: 'ROW_INVALID', message, seen: '' };
}
