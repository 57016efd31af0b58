/** C8: a number is signed once. The book of signed numbers stands outside the ledger, and a stick keeps what it holds. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { addPeriods } from '../../../shared/kernel/tax-period.ts';
import { openOffice, type Office } from '../../../electron/office/office.ts';
import { signedNumbers, SignedNumbersFault } from '../../../electron/platform/signed-numbers.ts';
import { april, countyAt, sendPackage, type County } from '../../support/exchange-offices.ts';
import { done, refused, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';

const report = (month: number) => ({ kind: 'MONTHLY_REPORT', to: 'finance', period: addPeriods(april, month - 4), allowEmpty: true }) as const;
const hash = (digit: string): string => digit.repeat(64);

/** The tax office closed, its ledger put back to the copy taken before `acts`, and opened again. */
async function putBack(county: County, acts: () => Promise<unknown>, seed = 'put back'): Promise<Office> {
  const ledger = join(county.folder, 'tax', 'ledger.db');
  copyFileSync(ledger, `${ledger}.old`);
  await acts();
  county.offices.tax.close();
  copyFileSync(`${ledger}.old`, ledger);
  rmSync(`${ledger}.old`);
  const office = openOffice(join(county.folder, 'tax'), testEnv(testClock('2022-07-01T09:00'), seed));
  onTestFinished(() => { office.close(); });
  return office;
}

test('C8 an older copy of the ledger put back is read-only: it says which number was signed, and signs none a second time', async () => {
  const county = await countyAt('2022-06-05T09:00');
  await sendPackage(county, 'tax', report(4));
  const tax = await putBack(county, () => sendPackage(county, 'tax', report(5)));
  expect(tax.fault).toBeNull();
  expect(tax.restored).toContain('发往财政局第 1 期第 2 号包不在账内');
  expect((await refused(tax, 'exchange.exportPackage', report(5), 'handler')).code).toBe('RESTORED_READ_ONLY');
  expect((await done(tax, 'exchange.listPackages', {}, 'handler')).total).toBe(1);
});

test('C8 also a number that was signed and never written to a stick is used', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const tax = await putBack(county, () => county.call('tax', 'exchange.exportPackage', report(4)));
  expect(tax.restored).toContain('第 1 号包不在账内');
});

test('C8 an act that was not committed uses no number', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const [one, two] = await Promise.all([1, 2].map(() => county.offices.tax.call('exchange.exportPackage', report(4), 'handler')));
  expect([one?.ok, two?.ok].sort()).toEqual([false, true]);
  expect(await county.call('tax', 'exchange.exportPackage', report(5))).toMatchObject({ seq: 2, changed: true });
});

test('C8 another machine with the same ledger signs the number too: the stick keeps the first file, byte for byte', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const clone = join(county.folder, 'clone');
  mkdirSync(clone);
  copyFileSync(join(county.folder, 'tax', 'ledger.db'), join(clone, 'ledger.db'));
  const file = await sendPackage(county, 'tax', report(4));
  const first = readFileSync(file);
  const other = openOffice(clone, testEnv(testClock('2022-06-06T09:00'), 'clone'));
  onTestFinished(() => { other.close(); });
  const { packageId, fileName } = await done(other, 'exchange.exportPackage', report(4), 'handler');
  expect(fileName).toBe(basename(file));
  expect((await refused(other, 'exchange.writePackage', { packageId, folder: county.stick }, 'handler')).code).toBe('STICK_NAME_TAKEN');
  expect(readFileSync(file)).toEqual(first);
  await done(other, 'exchange.writePackage', { packageId, folder: temporaryFolder() }, 'handler');
  // Where the second ledger comes to the first machine, the book there says so.
  other.close();
  county.offices.tax.close();
  copyFileSync(join(clone, 'ledger.db'), join(county.folder, 'tax', 'ledger.db'));
  const mixed = openOffice(join(county.folder, 'tax'), testEnv(testClock('2022-06-07T09:00'), 'mixed'));
  onTestFinished(() => { mixed.close(); });
  expect(mixed.restored).toContain('第 1 号包不在账内');
});

test('C8 the book: the highest number by epoch, a line cut by a power failure is none, an altered one stops signing', () => {
  const path = join(temporaryFolder(), 'signed-numbers.jsonl');
  const book = signedNumbers(path);
  expect(book.highest('tax')).toBeNull();
  book.note({ to: 'tax', epoch: 1, seq: 9, manifestHash: hash('a') });
  book.note({ to: 'tax', epoch: 2, seq: 1, manifestHash: hash('b') });
  book.note({ to: 'tax', epoch: 2, seq: 1, manifestHash: hash('b') });
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  writeFileSync(path, `${readFileSync(path, 'utf8')}{"to":"tax","epo`);
  expect(book.highest('tax')).toEqual({ to: 'tax', epoch: 2, seq: 1, manifestHash: hash('b') });
  book.note({ to: 'finance', epoch: 1, seq: 1, manifestHash: hash('c') });
  expect([book.highest('finance')?.seq, book.hashAt({ to: 'tax', epoch: 1, seq: 9 })]).toEqual([1, hash('a')]);
  book.begin({ to: 'finance', epoch: 1, seq: 2, manifestHash: hash('d') });
  book.forget();
  book.settle();
  expect(book.highest('finance')?.seq).toBe(1);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"seq":9', '"seq":"9"'));
  expect(() => book.highest('tax')).toThrow(SignedNumbersFault);
});
