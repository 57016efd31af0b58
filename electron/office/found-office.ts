/**
 * Founding an office 建立单位: database, first people, keys. Built beside its final name and renamed when complete: a founding that fails
 * leaves no office. Keys and their card come from the exchange capability's own operation, run as the first act.
 */
import { countyCodeFault } from '../../shared/administration/county-code.ts';
import { countyProfileSchema, usernameRule, usernameSchema, type CountyProfile, type OfficeIdentity } from '../../shared/administration/model.ts';
import { nameText, officeNameMax, personNameMax } from '../../shared/administration/name-text.ts';
import { refuse } from '../../shared/errors.ts';
import { inputWords } from '../../shared/input-faults.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { instantOf } from '../../shared/kernel/civil-date.ts';
import { duties, dutyNames, type Agency, type Duty } from '../../shared/kernel/office.ts';
import { firstOperatorKey, officeOpened, operatorSetEntry, refuseWeak, writeSecret } from '../administration/index.ts';
import { foundLedger, journalFor } from '../journal/index.ts';
import { refusingFolderFaults } from './ledger-refusals.ts';
import { openOffice, type Office } from './office.ts';
import type { Surroundings } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { isEmptyFolder, makeRoot, officeFolders } from '../platform/folders.ts';
import { hashPassword } from '../platform/keystore.ts';
import { buildLedgerFile } from '../platform/ledger-file.ts';
import type { ResourceReader } from '../platform/resources.ts';

export type Founding = {
  readonly agency: Agency;
  readonly county: string;
  readonly name: string;
} & (
  | { readonly practice: true }
  | { readonly practice: false; readonly administrator: { readonly username: string; readonly name: string; readonly password: string }; readonly keyPassphrase: string }
);

/** The first administrator of a real office. */
export const firstAdministrator = 'admin';

/**
 * Makes and opens an office in an empty or missing folder.
 * @throws Refusal OFFICE_EXISTS, NAME_UNFIT, UNKNOWN_COUNTY, PASSWORD_TOO_SHORT, PASSWORD_TRIVIAL
 */
export async function foundOffice(dir: string, founding: Founding, env: Surroundings): Promise<Office> {
  if (!refusingFolderFaults(dir, () => isEmptyFolder(dir))) refuse('OFFICE_EXISTS', { dir });
  judgeNames(founding);
  const profile = countyProfile(env.resources, founding.county);
  if (!founding.practice) {
    const { username, name, password } = founding.administrator;
    for (const secret of [password, founding.keyPassphrase]) refuseWeak(secret, [username, name, founding.name]);
  }
  const folders = officeFolders(dir);
  refusingFolderFaults(dir, () => makeRoot(folders));
  await buildLedgerFile(folders.ledger, (db) => {
    foundLedger(db, env.form, instantOf(env.clock()));
    db.exec('BEGIN IMMEDIATE');
    writeFirstEntries(db, founding, profile, env);
    db.exec('COMMIT');
  });
  const office = openOffice(dir, env);
  if (!founding.practice) office.adoptPassphrase(founding.keyPassphrase);
  const keys = await office.call('keys.create', {}, null);
  if (!keys.ok) {
    office.close();
    throw new Error(keys.error.message);
  }
  return office;
}

function writeFirstEntries(db: Database, founding: Founding, profile: CountyProfile, env: Surroundings): void {
  const at = instantOf(env.clock());
  const journal = journalFor({ db, kinds: env.form.kinds, at, maker: '#program', random: env.random });
  const office: OfficeIdentity = { agency: founding.agency, county: founding.county, name: founding.name, practice: founding.practice, openedAt: at };
  journal.append(officeOpened, { key: 'administration.office-opened', subject: founding.county, facts: { office, profile } });
  for (const operator of firstPeople(founding)) {
    journal.append(operatorSetEntry, { key: firstOperatorKey(operator.username), subject: operator.username, facts: { operator: { ...operator, active: true }, reason: null } });
  }
  if (!founding.practice) writeSecret(db, journal, { username: founding.administrator.username, hash: hashPassword(founding.administrator.password, env.random), vouch: false });
}

function firstPeople(founding: Founding): { username: string; name: string; duties: Duty[] }[] {
  if (!founding.practice) return [{ username: founding.administrator.username, name: founding.administrator.name, duties: ['system'] }];
  return duties.map((duty) => ({ username: duty, name: `演练${dutyNames[duty]}`, duties: [duty] }));
}

/** Before anything is made: a name that could not be printed on one line, or not at all. @throws Refusal NAME_UNFIT */
function judgeNames(founding: Founding): void {
  const names: readonly (readonly [string, string, number])[] = [
    ['单位名称', founding.name, officeNameMax], ...(founding.practice ? [] : [['系统管理员姓名', founding.administrator.name, personNameMax] as const]),
  ];
  for (const [what, name, max] of names) {
    const judged = nameText(max).safeParse(name, { error: inputWords });
    if (!judged.success) refuse('NAME_UNFIT', { what, why: judged.error.issues[0]?.message ?? '' });
  }
  if (founding.practice) return;
  const { username } = founding.administrator;
  if (!usernameSchema.safeParse(username).success) refuse('NAME_UNFIT', { what: '用户名', why: `须为 ${usernameRule}` });
}

/** The profile shipped for the county, or the default one under the given code. */
function countyProfile(resources: ResourceReader, county: string): CountyProfile {
  const fault = countyCodeFault(county);
  if (fault !== null) refuse('UNKNOWN_COUNTY', { code: county, why: fault });
  const own = resources(`county/${county}.json`);
  const text = own ?? resources('county/default.json');
  assert(text !== null, 'the default county profile is shipped');
  return countyProfileSchema.parse({ ...(JSON.parse(text) as object), code: county });
}
