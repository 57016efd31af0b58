/**
 * `package import` measured from outside, as a whole command on a practice office: an ENTERPRISE_LIST of many rows taken in by finance. Beside it, in the same
 * run, what nobody can do without: SHA-256 over the file and the decryption of the same ciphertext.
 */
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { countyMonths, rosterCsvOf } from '../../electron/demo/synthetic-county.ts';
import { readFrame } from '../../electron/exchange/package-format.ts';
import { identityOf, unseal } from '../../electron/exchange/sealing.ts';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings, type Office } from '../../electron/office/office.ts';
import { seededRandom, sha256Hex } from '../../electron/platform/hash.ts';
import type { OperationName } from '../../shared/contract.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { operatorFor } from '../support/killing-county.ts';
import { commandOnce } from './command.ts';
import type { Subject } from './measure.ts';

const period = taxPeriod('2022-04');

/** @param folder for offices and the stick */
export function importingPackage(folder: string): Subject {
  return {
    name: '命令行 package import（启动、验签、解密、逐行校验、入账、提交；内存为整个进程）', baselineSays: '同一文件的 SHA-256 与解密', unit: '行', warmUp: false,
    prepare: async (size) => {
      const [file, finance] = await made(folder, size);
      const office = join(folder, 'import');
      const identities = keysOf(finance).map(identityOf);
      const reading = readFrame(readFileSync(file));
      if (!reading.ok) throw new Error(reading.fault.code);
      return {
        run: () => {
          rmSync(office, { recursive: true, force: true });
          cpSync(finance, office, { recursive: true });
          return commandOnce(['package', 'import', file, '--office', office, '--json']);
        },
        baseline: async () => {
          sha256Hex(readFileSync(file));
          await unseal(reading.frame.ciphertext, identities);
        },
      };
    },
  };
}

/** The package of a tax office with that many taxpayers, and the data directory of a finance office that waits for it. */
async function made(folder: string, size: number): Promise<readonly [file: string, finance: string]> {
  const found = (agency: Agency): Promise<Office> => foundOffice(join(folder, `${agency}-${String(size)}`), {
    agency, county: '211382', name: `凌源市${agencyNames[agency]}`, practice: true,
  }, systemSurroundings({ random: seededRandom(agency) }));
  const [tax, finance] = [await found('tax'), await found('finance')];
  for (const [owner, peer] of [[tax, finance], [finance, tax]] as const) {
    const card = await call(owner, 'keys.writeCard', { folder }) as { fileName: string; fingerprint: string };
    await call(peer, 'keys.trust', { card: join(folder, card.fileName), fingerprint: card.fingerprint });
  }
  const [month] = countyMonths({ seed: 1, enterprises: Math.ceil(size * 1.05) + 20, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period });
  if (month === undefined) throw new Error('a county has a first month');
  const roster = join(folder, `packages-${String(size)}.csv`);
  writeFileSync(roster, rosterCsvOf({ ...month, rows: month.rows.slice(0, size) }, 'utf-8'));
  await call(tax, 'roster.import', { file: roster, period, acceptValid: true });
  await call(tax, 'eligibility.assess', { period });
  const { packageId, rows } = await call(tax, 'exchange.exportPackage', { kind: 'ENTERPRISE_LIST', to: 'finance', period }) as { packageId: string; rows: number };
  const { fileName } = await call(tax, 'exchange.writePackage', { packageId, folder }) as { fileName: string };
  console.log(`  （企业清单 ${String(rows)} 行，${(statSync(join(folder, fileName)).size / 1e6).toFixed(1)} MB）`);
  tax.close();
  finance.close();
  return [join(folder, fileName), join(folder, `finance-${String(size)}`)];
}

async function call(office: Office, name: OperationName, input: object): Promise<unknown> {
  const reply = await office.call(name, input, operatorFor(name));
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.value;
}

/** The encryption keys of a practice office, which lie unsealed. */
function keysOf(dir: string): Uint8Array[] {
  const db = new BetterSqlite3(join(dir, 'ledger.db'), { readonly: true });
  try {
    return db.prepare<[], { sealed: Buffer }>("SELECT * FROM private_key WHERE purpose = 'encryption'").all().map(({ sealed }) => new Uint8Array(sealed));
  } finally {
    db.close();
  }
}
