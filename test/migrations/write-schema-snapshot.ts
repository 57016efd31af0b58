/**
 * Records the schema: `npm run schema-snapshot`. A new migration is added; what an earlier one made may not change or go, because it is
 * never edited after release. Before the first release `npm run schema-snapshot -- --unreleased` records it all anew.
 */
import process from 'node:process';
import { presentSchema, recordedSchema, schemaDifference, writeSchema, type SchemaSnapshot } from './schema-objects.ts';

const unreleased = process.argv.includes('--unreleased');
const recorded: SchemaSnapshot = unreleased ? {} : recordedSchema();
const present = presentSchema();
const { added, changed, removed } = schemaDifference(recorded, present);
if (changed.length + removed.length > 0) {
  process.stderr.write(`a released migration was edited; nothing was recorded:\n${[...changed, ...removed].map((name) => `  ${name}\n`).join('')}`);
  process.exitCode = 1;
} else {
  writeSchema(present);
  process.stdout.write(`recorded ${String(added.length)} new of ${String(Object.values(present).reduce((sum, objects) => sum + Object.keys(objects).length, 0))} objects\n`);
}
