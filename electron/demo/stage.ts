/**
 * The stage 演练场 of the demo: three practice offices in one process, one clock that only the demo moves, a stick that is a folder, and
 * times by phase. Every act goes through the operations table, as a person's would.
 */
import type { OperationInput, OperationName, OperationOutput } from '../../shared/contract.ts';
import { shanghaiInstant, epochMsOf, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { agencies, agencyNames, type Agency, type Duty } from '../../shared/kernel/office.ts';
import { foundOffice } from '../office/found-office.ts';
import { openOffice, systemSurroundings, type Office } from '../office/office.ts';
import { restoreOffice } from '../office/restore-office.ts';
import type { Surroundings } from '../journal/index.ts';
import { renameFolder } from '../platform/folders.ts';
import { seededRandom } from '../platform/hash.ts';
import type { ResourceReader } from '../platform/resources.ts';

/** A call of the demo that was refused where the story does not expect it. */
export class DemoRefusal extends Error {
  override readonly name = 'DemoRefusal';
  readonly code: string;
  readonly details: unknown;
  constructor(operation: string, error: { code: string; message: string; details: unknown }) {
    super(`${operation}：${error.code} ${error.message}`);
    this.code = error.code;
    this.details = error.details;
  }
}

export type PhaseTime = { readonly phase: string; readonly ms: number };

export type Stage = {
  readonly offices: Readonly<Record<Agency, Office>>;
  readonly folders: { readonly root: string; readonly stick: string; readonly rosters: string };
  readonly phases: readonly PhaseTime[];
  /** Moves the clock to a time of a day, never back. @param time `HH:MM` in Shanghai */
  at(date: CivilDate, time: string): void;
  /** Calls an operation as the practice operator of a duty. @throws DemoRefusal */
  call<N extends OperationName>(agency: Agency, duty: Duty, name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
  /** Writes a backup of an office beside its folder. @returns the file */
  backUp(agency: Agency, name: string): Promise<string>;
  /** The office's computer is gone: its folder is put aside under another name and the backup restored in its place. */
  replaceMachine(agency: Agency, backup: string): Promise<void>;
  /** Measures a phase; phases of one name add up. */
  phase<T>(name: string, act: () => Promise<T>): Promise<T>;
  close(): void;
};

export type StageTerms = {
  readonly root: string;
  readonly county: string;
  readonly countyName: string;
  readonly seed: number;
  readonly startsOn: CivilDate;
  readonly resources: ResourceReader;
  readonly join: (...parts: string[]) => string;
  readonly makeFolder: (path: string) => void;
};

/** Each act takes a minute of the demo's clock. */
const minuteMs = 60_000;

/** Founds the three practice offices. */
export async function openStage(terms: StageTerms): Promise<Stage> {
  let now = epochMsOf(shanghaiInstant(terms.startsOn, '08:30:00'));
  const folders = { root: terms.root, stick: terms.join(terms.root, 'stick'), rosters: terms.join(terms.root, 'rosters') };
  for (const folder of Object.values(folders)) terms.makeFolder(folder);
  const phases = new Map<string, number>();
  const measure = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await act();
    } finally {
      phases.set(name, (phases.get(name) ?? 0) + performance.now() - start);
    }
  };
  const surroundings = (seed: string): Surroundings => systemSurroundings({ clock: () => now, random: seededRandom(`${String(terms.seed)}/${seed}`), resources: terms.resources });
  const found = (agency: Agency): Promise<Office> =>
    foundOffice(terms.join(terms.root, agency), { agency, county: terms.county, name: `${terms.countyName}${agencyNames[agency]}`, practice: true }, surroundings(agency));
  const offices: Record<Agency, Office> = await measure('建立单位', async () => ({ tax: await found('tax'), finance: await found('finance'), treasury: await found('treasury') }));
  return {
    offices,
    folders,
    get phases() {
      return [...phases].map(([phase, ms]) => ({ phase, ms }));
    },
    at(date, time) {
      now = Math.max(now, epochMsOf(shanghaiInstant(date, `${time}:00`)));
    },
    async call(agency, duty, name, input) {
      now += minuteMs;
      const reply = await offices[agency].call(name, input, duty);
      if (!reply.ok) throw new DemoRefusal(name, reply.error);
      return reply.value as OperationOutput<typeof name>; // the contract fixes the output of a name
    },
    async backUp(agency, name) {
      const file = terms.join(terms.root, `${name}.age`);
      const reply = await offices[agency].call('administration.backup', { file }, 'system');
      if (!reply.ok) throw new DemoRefusal('administration.backup', reply.error);
      return file;
    },
    async replaceMachine(agency, backup) {
      const dir = terms.join(terms.root, agency);
      offices[agency].close();
      renameFolder(dir, `${dir}-旧机`);
      const around = surroundings(`${agency}/restored`);
      await restoreOffice(backup, dir, { phrase: () => null, identities: [] }, around);
      offices[agency] = openOffice(dir, around);
    },
    phase: measure,
    close() {
      for (const agency of agencies) offices[agency].close();
    },
  };
}

/** The ceremony 密钥核对: every office writes its card to the stick, every other enrols it by the 32 characters of the paper. */
export async function trustEachOther(stage: Stage): Promise<void> {
  for (const owner of agencies) {
    const card = await stage.call(owner, 'security', 'keys.writeCard', { folder: stage.folders.stick });
    for (const peer of agencies) {
      if (peer === owner) continue;
      await stage.call(peer, 'security', 'keys.trust', { card: onStick(stage, card.fileName), fingerprint: card.fingerprint });
    }
  }
}

/** Signs a document for each recipient, carries it over and imports it. @returns bytes carried */
export async function carry(
  stage: Stage,
  from: Agency,
  duty: Duty,
  to: readonly Agency[],
  request: Omit<OperationInput<'exchange.exportPackage'>, 'to'>,
): Promise<{ readonly summaries: readonly string[]; readonly bytes: number }> {
  const summaries: string[] = [];
  let bytes = 0;
  for (const peer of to) {
    const made = await stage.phase('制作与签名', () => stage.call(from, duty, 'exchange.exportPackage', { ...request, to: peer }));
    const written = await stage.call(from, duty, 'exchange.writePackage', { packageId: made.packageId, folder: stage.folders.stick });
    bytes += written.bytes;
    const imported = await stage.phase('校验与导入', () => stage.call(peer, 'handler', 'exchange.importPackage', { file: onStick(stage, written.fileName) }));
    if (imported.refusal !== null) throw new DemoRefusal(`导入 ${written.fileName}`, { ...imported.refusal, details: imported.refusal.faults });
    summaries.push(`${agencyNames[peer]}：${imported.summary}`);
    const receipt = await stage.call(peer, 'handler', 'exchange.exportPackage', { kind: 'RECEIPT', to: from });
    const answer = await stage.call(peer, 'handler', 'exchange.writePackage', { packageId: receipt.packageId, folder: stage.folders.stick });
    await stage.call(from, 'handler', 'exchange.importPackage', { file: onStick(stage, answer.fileName) });
  }
  return { summaries, bytes };
}

export function onStick(stage: Stage, fileName: string): string {
  return `${stage.folders.stick}/${fileName}`;
}
