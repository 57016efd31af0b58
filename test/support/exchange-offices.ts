/** The small county for tests of the exchange: offices that close with the test, packages carried between them, one office copied as it stands. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openOffice, type Office, type OfficeEnv } from '../../electron/office.ts';
import type { ImportResult } from '../../shared/exchange/contract.ts';
import type { OperationName, Reply } from '../../shared/contract.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { openCounty, sendPackage, type SmallCounty } from './killing-county.ts';
import { temporaryFolder, testEnv } from './practice.ts';

export { sendPackage };

/** Three practice offices that trust each other. @param startsAt Shanghai wall clock */
export async function countyAt(startsAt: string): Promise<SmallCounty> {
  const county = await openCounty(temporaryFolder(), startsAt);
  onTestFinished(() => {
    county.close();
  });
  return county;
}

/** Imports a file that must be taken, whatever becomes of it. */
export function take(county: SmallCounty, agency: Agency, file: string): Promise<ImportResult> {
  return county.call(agency, 'handler', 'exchange.importPackage', { file }) as Promise<unknown> as Promise<ImportResult>;
}

/** Calls an operation that must be refused. @returns its code */
export async function refusal(office: Office, name: OperationName, input: unknown, as = 'handler'): Promise<string> {
  const reply: Reply = await office.call(name, input, as);
  if (reply.ok) throw new Error(`${name} should have been refused: ${JSON.stringify(reply.value)}`);
  return reply.error.code;
}

/** The office as it stood when its folder was copied: an old backup put back. */
export function restored(folder: string, name: Agency): { copy(): void; open(at: string, given?: Partial<OfficeEnv>): Office } {
  const backup = join(folder, `${name}-backup`);
  return {
    copy() {
      mkdirSync(backup);
      cpSync(join(folder, name), backup, { recursive: true });
    },
    open(at, given = {}) {
      const office = openOffice(backup, testEnv({ now: Date.parse(`${at}:00+08:00`) }, 'restored', given));
      onTestFinished(() => {
        office.close();
      });
      return office;
    },
  };
}
