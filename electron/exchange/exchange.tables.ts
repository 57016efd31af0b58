/** Key cards, channels, packages sent, received and held, receipts still due, and heads countersigned by peers. */
import { receiptDisputeCodes } from '../../shared/exchange/disputes.ts';
import { epochReasonNames } from '../../shared/exchange/epoch.ts';
import { freezeCodes } from '../../shared/exchange/freezes.ts';
import type { StateTables } from '../journal/index.ts';
import { sqlTexts } from '../platform/record-table.ts';

const agency = (column: string): string => `${column} TEXT NOT NULL CHECK (${column} IN ('tax', 'finance', 'treasury'))`;
const hash = (column: string): string => `${column} TEXT NOT NULL CHECK (length(${column}) = 64)`;
const number = (column: string, least: 0 | 1): string => `${column} INTEGER NOT NULL CHECK (${column} >= ${String(least)})`;

const exchangeTableNames = [
  'key_card', 'card_proposal', 'channel_in', 'channel_out', 'package_in', 'package_out', 'package_held', 'receipt_due', 'countersignature', 'epoch_opening', 'epoch_standing',
] as const;

export const exchangeTables: StateTables = {
  capability: 'exchange',
  version: 3,
  tables: exchangeTableNames,
  deciding: [{ tables: exchangeTableNames, from: ['keys.', 'exchange.'] }],
  ddl: `
CREATE TABLE key_card (
  ${number('place', 1)} UNIQUE,
  ${agency('agency')},
  ${number('version', 1)},
  ${hash('card_hash')} UNIQUE,
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  ceremony INTEGER NOT NULL CHECK (ceremony IN (0, 1)),
  file TEXT NOT NULL CHECK (json_valid(file)),
  trusted_at TEXT NOT NULL,
  trusted_by TEXT NOT NULL,
  PRIMARY KEY (agency, place)
) STRICT;
CREATE TABLE card_proposal (
  ${agency('agency')} PRIMARY KEY,
  file TEXT NOT NULL CHECK (json_valid(file)),
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL
) STRICT;
CREATE TABLE channel_in (
  ${agency('peer')} PRIMARY KEY,
  ${number('epoch', 1)},
  ${number('last_seq', 0)},
  ${hash('last_manifest_hash')},
  ${number('head_seq', 0)},
  ${hash('head_hash')},
  frozen_at TEXT,
  frozen_code TEXT CHECK (frozen_code IN (${sqlTexts(freezeCodes)})),
  CHECK ((frozen_at IS NULL) = (frozen_code IS NULL))
) STRICT;
CREATE TABLE channel_out (
  ${agency('peer')} PRIMARY KEY,
  ${number('epoch', 1)},
  ${number('last_seq', 0)},
  ${hash('last_manifest_hash')},
  ${number('acked_seq', 0)},
  ${number('seen_seq', 0)},
  ${hash('seen_hash')},
  CHECK (acked_seq <= last_seq)
) STRICT;
CREATE TABLE package_in (
  ${agency('peer')},
  ${number('epoch', 1)},
  ${number('seq', 1)},
  package_id TEXT NOT NULL CHECK (length(package_id) = 32),
  ${hash('manifest_hash')} UNIQUE,
  kind TEXT NOT NULL,
  period TEXT,
  doc_id TEXT NOT NULL,
  ${hash('doc_hash')},
  verdict TEXT NOT NULL CHECK (verdict IN ('ACCEPTED', 'REJECTED')),
  stage TEXT,
  code TEXT,
  ${number('faults', 0)},
  ${number('row_count', 0)},
  ${number('sum_fen', 0)},
  claimed_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  bytes TEXT NOT NULL CHECK (json_valid(bytes)),
  sections TEXT NOT NULL CHECK (json_valid(sections)),
  PRIMARY KEY (peer, epoch, seq),
  CHECK ((verdict = 'REJECTED') = (code IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX package_in_document ON package_in (peer, doc_hash) WHERE verdict = 'ACCEPTED';
CREATE INDEX package_in_doc_id ON package_in (peer, doc_id);
CREATE TABLE package_out (
  ${agency('peer')},
  ${number('epoch', 1)},
  ${number('seq', 1)},
  package_id TEXT NOT NULL UNIQUE CHECK (length(package_id) = 32),
  ${hash('manifest_hash')} UNIQUE,
  kind TEXT NOT NULL,
  period TEXT,
  doc_id TEXT NOT NULL,
  ${hash('doc_hash')},
  ${number('row_count', 0)},
  ${number('sum_fen', 0)},
  file_name TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  bytes TEXT NOT NULL CHECK (json_valid(bytes)),
  ${number('written', 0)},
  receipt_verdict TEXT CHECK (receipt_verdict IN ('ACCEPTED', 'REJECTED', 'HELD')),
  receipt_code TEXT,
  receipt_dispute TEXT CHECK (receipt_dispute IN (${sqlTexts(receiptDisputeCodes)})),
  receipt_at TEXT,
  PRIMARY KEY (peer, epoch, seq)
) STRICT;
CREATE TABLE package_held (
  ${agency('peer')},
  ${number('epoch', 1)},
  ${number('seq', 1)},
  ${hash('manifest_hash')},
  held_at TEXT NOT NULL,
  bytes TEXT NOT NULL CHECK (json_valid(bytes)),
  PRIMARY KEY (peer, epoch, seq)
) STRICT;
CREATE TABLE receipt_due (
  ${agency('peer')},
  ${number('epoch', 1)},
  ${number('seq', 1)},
  faults TEXT CHECK (faults IS NULL OR json_valid(faults)),
  sent_seq INTEGER,
  PRIMARY KEY (peer, epoch, seq)
) STRICT;
CREATE TABLE countersignature (
  ${agency('peer')},
  ${number('head_seq', 1)},
  ${hash('head_hash')},
  key_id TEXT NOT NULL CHECK (length(key_id) = 16),
  signature TEXT NOT NULL CHECK (length(signature) = 128),
  received_at TEXT NOT NULL,
  PRIMARY KEY (peer, head_seq)
) STRICT;
CREATE TABLE epoch_opening (
  ${agency('peer')},
  ${number('epoch', 1)},
  reason TEXT CHECK (reason IN (${sqlTexts(epochReasonNames)})),
  note TEXT,
  proposed_by TEXT,
  proposed_at TEXT,
  own_manifest TEXT CHECK (length(own_manifest) = 64),
  own_at TEXT,
  own_by TEXT,
  own_seq INTEGER,
  peer_manifest TEXT CHECK (length(peer_manifest) = 64),
  peer_at TEXT,
  peer_by TEXT,
  peer_reason TEXT CHECK (peer_reason IN (${sqlTexts(epochReasonNames)})),
  continues INTEGER CHECK (continues IN (0, 1)),
  PRIMARY KEY (peer, epoch),
  CHECK ((proposed_by IS NULL) = (reason IS NULL) AND (own_manifest IS NULL) = (own_seq IS NULL) AND (peer_manifest IS NULL) = (continues IS NULL))
) STRICT;
CREATE TABLE epoch_standing (
  ${agency('peer')},
  ${number('epoch', 1)},
  ${number('seq', 1)},
  ${hash('manifest_hash')},
  kind TEXT NOT NULL,
  period TEXT,
  doc_id TEXT NOT NULL,
  ${hash('doc_hash')},
  ${number('row_count', 0)},
  ${number('sum_fen', 0)},
  verdict TEXT NOT NULL CHECK (verdict IN ('ACCEPTED', 'REJECTED')),
  PRIMARY KEY (peer, epoch, seq)
) STRICT;
`,
};
