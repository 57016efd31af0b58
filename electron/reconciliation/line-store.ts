/**
 * Where the lines of three lists wait to be walked number by number 明细暂存: a scratch database on disk, so that a million lines a side need
 * no more
 * memory than their differences. It is gone when it is closed.
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { groupOf, lineGroups, sideOf, type LineGroup, type PlacedLine, type ReconLine } from '../../shared/reconciliation/line.ts';
import type { LineSource } from '../../shared/reconciliation/walk.ts';
import { openScratchDatabase, type Row } from '../platform/database.ts';

export type LineStore = LineSource & {
  readonly add: (placed: PlacedLine) => void;
  /** The latest day of each list that has lines. */
  readonly latestDays: () => ReadonlyMap<Agency, CivilDate>;
  /** To be called once all lines are in, before the first walk. */
  readonly ready: () => void;
  readonly close: () => void;
};

export function openLineStore(): LineStore {
  const database = openScratchDatabase();
  database.exec('CREATE TABLE lines (moves INTEGER NOT NULL, no TEXT NOT NULL, row INTEGER NOT NULL, line TEXT NOT NULL) STRICT; BEGIN');
  const insert = database.prepare('INSERT INTO lines (moves, no, row, line) VALUES (@moves, @no, @row, @line)');
  const latest = new Map<Agency, CivilDate>();
  return {
    add({ line, row }) {
      insert.run({ moves: lineGroups.indexOf(groupOf(line)), no: line.no, row, line: packed(line) });
      const side = sideOf(line);
      if ((latest.get(side) ?? '') < line.day) latest.set(side, line.day);
    },
    ready: () => { database.exec('COMMIT; CREATE INDEX by_number ON lines (moves, no)'); },
    latestDays: () => latest,
    *numbers() {
      let number: PlacedLine[] = [];
      let [moves, no]: readonly [unknown, unknown] = [null, null];
      for (const row of database.prepare('SELECT moves, no, row, line FROM lines ORDER BY moves, no').iterate()) {
        if (number.length > 0 && (row['moves'] !== moves || row['no'] !== no)) {
          yield number;
          number = [];
        }
        [moves, no] = [row['moves'], row['no']];
        number.push(placedOf(row));
      }
      if (number.length > 0) yield number;
    },
    linesOf: (group: LineGroup, no: string) =>
      database.prepare('SELECT row, line FROM lines WHERE moves = @moves AND no = @no ORDER BY row')
        .all({ moves: lineGroups.indexOf(group), no }).map(placedOf),
    close: () => { database.close(); },
  };
}

const fenFields = ['amountFen', 'centralFen', 'provincialFen', 'countyFen'] as const;

function packed(line: ReconLine): string {
  return JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

/** @param row as packed above */
function placedOf(row: Row): PlacedLine {
  const line = JSON.parse(String(row['line'])) as Record<string, unknown>; // what packed wrote
  for (const field of fenFields) if (line[field] !== null) line[field] = BigInt(line[field] as string); // digits that packed wrote
  return { row: Number(row['row']), line: line as ReconLine };
}
