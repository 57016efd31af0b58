/** The list of recently opened offices 最近打开: a preference outside every ledger, one small file. A damaged list is an empty list; nothing else depends on it. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { officeIdentitySchema, type OfficeIdentity } from '../../shared/administration/model.ts';
import type { RecentOffice } from '../../shared/shell/contract.ts';
import { folderName, folderState } from './data-folder.ts';
import { sha256Hex } from './hash.ts';

const listSchema = z.array(z.strictObject({ dir: z.string(), identity: officeIdentitySchema }));
const listedMax = 8;

export type RecentOffices = {
  list(): RecentOffice[];
  dirOf(id: string): string | null;
  remember(dir: string, identity: OfficeIdentity): void;
};

/** @param file path of the list; it need not exist */
export function recentOffices(file: string): RecentOffices {
  const read = (): z.output<typeof listSchema> => {
    if (!existsSync(file)) return [];
    const parsed = listSchema.safeParse(jsonOf(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : [];
  };
  return {
    list: () => read().map(({ dir, identity }) => ({
      id: idOf(dir), folderName: folderName(dir), name: identity.name, agency: identity.agency, practice: identity.practice, present: folderState(dir) === 'office',
    })),
    dirOf: (id) => read().find(({ dir }) => idOf(dir) === id)?.dir ?? null,
    remember(dir, identity) {
      const list = [{ dir, identity }, ...read().filter((entry) => entry.dir !== dir)].slice(0, listedMax);
      writeFileSync(`${file}.part`, JSON.stringify(list), { mode: 0o600 });
      renameSync(`${file}.part`, file);
    },
  };
}

function idOf(dir: string): string {
  return sha256Hex(new TextEncoder().encode(dir)).slice(0, 16);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // a damaged list is no list; the next opened office starts it anew
    return null;
  }
}
