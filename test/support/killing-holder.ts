/** A process that opens the office of its argument, says so, and holds it until it is ended. */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { openSteered } from './killing-acts.ts';

openSteered(process.argv[2] ?? '');
writeSync(1, 'open\n');
setInterval(() => undefined, 60_000);
