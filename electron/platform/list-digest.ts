/**
 * The digest of a list of vouchers 明细核对码: what is paid to whom into which account, line by line in order of number. Tax office and treasury work it out each
 * from its own ledger and compare it on paper: a total proves no line.
 */
import type { VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import { shortGroups } from '../../shared/kernel/short-groups.ts';
import { sha256 } from './hash.ts';

type DigestedLine = Pick<VoucherElements, 'voucherNo' | 'uscc' | 'name' | 'existingFen' | 'incrementalFen' | 'amountFen' | 'accountName' | 'bank' | 'bankAccount'>;

/** Eight groups of four characters. @param vouchers of one batch, in any order */
export function voucherListDigest(vouchers: readonly DigestedLine[]): string {
  const lines = vouchers.toSorted((a, b) => (a.voucherNo < b.voucherNo ? -1 : 1)).map((row) => JSON.stringify([
    row.voucherNo, row.uscc, row.name, row.existingFen.toString(), row.incrementalFen.toString(), row.amountFen.toString(), row.accountName, row.bank, row.bankAccount,
  ]));
  return shortGroups(sha256('liudi-voucher-list-v1\n', lines.join('\n')));
}
