/** Whether the reviewer of a refund has written that the licence 营业执照 was seen: in the opinion of the review that stands, and nowhere else. */
import { readHistory } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { refundBook } from './refund-book.ts';

export const licenceWord = /执照/;

/** @param refund key of the refund */
export function licenceSeen(db: Database, refund: string): boolean {
  const review = readHistory(db, refundBook, refund).findLast(({ act }) => act === 'review');
  return licenceWord.test(review?.details[refundBook.facts['opinion']?.label ?? ''] ?? '');
}
