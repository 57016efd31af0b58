/**
 * What lies beside a ledger under SQLite's names 账本的伴随文件: `-journal`, `-wal`, `-shm`. SQLite believes them without asking whose they are and may cut or
 * overwrite the ledger with them, so they are judged here before it opens one. A ledger is kept in TRUNCATE mode by one process: only a journal that a cut-off
 * act left is its own; a `-wal` or `-shm` never is.
 */
import { lstatSync } from 'node:fs';
import { basename } from 'node:path';
import { driveFaultOf, type DriveReason } from './drive.ts';
import { keepLedgerEvidence, type EvidenceKind } from './ledger-evidence.ts';
import { isSealed } from './ledger-seal.ts';
import { judgeJournal } from './rollback-journal.ts';

/** `PRAGMA application_id` of every ledger: "LIUD". A file without it is another program's and stays untouched. */
export const ledgerApplicationId = 0x4c495544;

/** Something beside the ledger that is not its own. Nothing was opened; `evidence` is where a copy lies, or why none could be made. */
export class CompanionFault extends Error {
  override readonly name = 'CompanionFault';
  readonly file: string;
  readonly why: string;
  readonly evidence: string | DriveReasonKept;
  constructor(file: string, why: string, evidence: string | DriveReasonKept) {
    super(`${file}: ${why}`);
    this.file = file;
    this.why = why;
    this.evidence = evidence;
  }
}

export type DriveReasonKept = { readonly notKept: DriveReason };

const endings = ['-journal', '-wal', '-shm'] as const;

/**
 * Looks at the companions of a ledger before it is opened.
 * @param isHeld whether another connection holds the ledger; asked only when a journal has content, which a running act explains
 * @returns where ledger and journal were copied before SQLite undoes a cut-off act; null when there is nothing to undo
 * @throws CompanionFault; DriveFault when a cut-off act is to be undone and no copy can be made
 */
export function judgeCompanions(ledger: string, isHeld: () => boolean): string | null {
  if (lstatSync(ledger, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const present = endings.flatMap((ending) => {
    const stat = lstatSync(`${ledger}${ending}`, { throwIfNoEntry: false });
    return stat === undefined || (ending === '-journal' && stat.isFile() && stat.size === 0) ? [] : [{ ending, path: `${ledger}${ending}`, stat }];
  });
  if (present.length === 0) return null;
  const paths = [ledger, ...present.map(({ path }) => path)];
  for (const { ending, path, stat } of present) {
    if (!stat.isFile()) return refuseCompanion(paths, path, `它是${stat.isSymbolicLink() ? '链接' : '文件夹'}，不是本程序写的文件`);
    if (ending !== '-journal') return refuseCompanion(paths, path, '本程序从不写这样的文件');
  }
  const [journal = ''] = paths.slice(1);
  if (isHeld()) return null;
  const verdict = judgeJournal(ledger, journal, ledgerApplicationId);
  if (verdict.kind === 'foreign') return refuseCompanion(paths, journal, verdict.why);
  if (verdict.kind === 'own' && isSealed(ledger)) return refuseCompanion(paths, journal, '账本是正常关闭的，没有要撤销的操作');
  return kept('recovered', paths);
}

function refuseCompanion(paths: readonly string[], file: string, why: string): never {
  throw new CompanionFault(basename(file), why, keptOrWhyNot(paths));
}

function keptOrWhyNot(paths: readonly string[]): string | DriveReasonKept {
  try {
    return keepLedgerEvidence('refused', paths);
  } catch (error) {
    const fault = driveFaultOf(error);
    if (fault === null) throw error;
    return { notKept: fault.reason };
  }
}

function kept(kind: EvidenceKind, paths: readonly string[]): string {
  try {
    return keepLedgerEvidence(kind, paths);
  } catch (error) {
    throw driveFaultOf(error) ?? error;
  }
}
