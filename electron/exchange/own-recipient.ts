/** The office's own present encryption key 本单位加密公钥, for whoever encrypts to the office itself. Private halves are not known here. */
import type { Database } from '../platform/database.ts';
import { readOwnCard } from './key-card.sql.ts';

/** `age1…`, or null before the office has keys. */
export function ownRecipient(db: Database): string | null {
  return readOwnCard(db)?.file.card.encryption.at(-1)?.recipient ?? null;
}
