/** SQL of key cards: the standing card of each agency is the one enrolled last. Cards are never changed or removed. */
import { keyCardFileSchema, type KeyCardFile } from '../../shared/exchange/key-card.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { Database, Row } from '../platform/database.ts';

export type StoredCard = { readonly file: KeyCardFile; readonly own: boolean; readonly trustedAt: string };

/** The office's own standing card; null before its keys were made. */
export function readOwnCard(db: Database): StoredCard | null {
  const row = db.prepare('SELECT * FROM key_card WHERE own = 1 ORDER BY place DESC LIMIT 1').get();
  return row === undefined ? null : storedCard(row);
}

/** The standing card of a peer; null before the ceremony. */
export function readPeerCard(db: Database, peer: Agency): StoredCard | null {
  const row = db.prepare('SELECT * FROM key_card WHERE own = 0 AND agency = @peer ORDER BY place DESC LIMIT 1').get({ peer });
  return row === undefined ? null : storedCard(row);
}

/** Standing cards of all agencies, the office's own included. */
export function readStandingCards(db: Database): StoredCard[] {
  return db
    .prepare('SELECT * FROM key_card AS card WHERE place = (SELECT max(place) FROM key_card WHERE agency = card.agency) ORDER BY own DESC, agency')
    .all()
    .map(storedCard);
}

/** Every card ever held, of former versions too: a key once used by one agency is never another's. */
export function readAllCards(db: Database): StoredCard[] {
  return db.prepare('SELECT * FROM key_card ORDER BY agency, place').all().map(storedCard);
}

/** The card under another root that one person has compared and a second one has not yet; null when none waits. */
export function readProposedCard(db: Database, agency: Agency): { readonly file: KeyCardFile; readonly proposedBy: string } | null {
  const row = db.prepare('SELECT * FROM card_proposal WHERE agency = @agency').get({ agency });
  return row === undefined ? null : { file: keyCardFileSchema.parse(JSON.parse(String(row['file']))), proposedBy: String(row['proposed_by']) };
}

function storedCard(row: Row): StoredCard {
  return {
    file: keyCardFileSchema.parse(JSON.parse(String(row['file']))),
    own: row['own'] === 1n,
    trustedAt: String(row['trusted_at']),
  };
}

/** The office's own present encryption key 本单位加密公钥, `age1…`, for whoever encrypts to the office itself; null before it has keys. */
export function ownRecipient(db: Database): string | null {
  return readOwnCard(db)?.file.card.encryption.at(-1)?.recipient ?? null;
}
