/**
 * Letters that are no names 中文里的英文: finds in a text for clerks what only a programmer reads, a field's name, an English sentence, a code of the program.
 * What a county office itself calls by letters, and numbers that hold letters, are no finding.
 */
import { duties } from '../../shared/kernel/office.ts';

/** Names of things that a county office calls so, and forms of dates. */
const names = /\b(?:PDF|CSV|XLSX|XLS|BIFF8|Excel|WPS|HTML|Word|JSON|UTC|YYYY|MM|DD|GBK|UTF|GB|MB|KB|MiB|Edge|Chrome|Chromium|SHA|ISO|ZIP|ID|xlsx|CRLF|CR|LF|ZC|A4|F5|F1|Ctrl|Esc|Enter|Alt|Shift|Tab|USB|I|L|O|U|BOM|GB18030|UTF8)\b|SQ-|PC-|WT-|CX-|ZC-/g;

/** Numbers with letters in them, whole: codes of taxpayers, fingerprints and digests, numbers of cases, key and package numbers, files that were chosen. */
const numbers = [
  /\b[0-9A-Z]{18}\b/g, /\b[0-9A-HJKMNP-TV-Z]{4}(?:[-\s][0-9A-HJKMNP-TV-Z]{4}){3,}\b/g, /\b[0-9a-f]{4}(?:[- ][0-9a-f]{4}){3,}\b/g, /\b[0-9a-f]{8,}…?/g,
  /\b(?:SQ|PC|DS|WT|CX|ZC|JK|DR|CS)-\d{4}-\d+/g, /[^\s“”"]+\.(?:csv|xlsx|kxp|kxc|db|pdf|liudi)\b/g, /\.kx[cp]\b/g,
];

/** Where a number is printed in cells of four: the cells of a fingerprint. */
const cellOfNumber = /^(?=.*[0-9A-Z])[0-9A-HJKMNP-TV-Z]{4}$/;
/** Login names of a practice office; in a real one people choose theirs. */
const loginNames = new Set<string>(duties);

/** `演练经办（handler）`: who, with the login name. */
const bracketed = new RegExp(`（(?:${duties.join('|')})）`, 'g');

export function foreignLetters(text: string): readonly string[] {
  const bare = numbers.reduce((rest, number) => rest.replace(number, ' '), text.replace(/\{[a-zA-Z]+\}/g, '').replace(bracketed, ''));
  return [...bare.replace(names, '').matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word);
}

/** The words found, each with the line that it stands on. */
export function foreignLines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => !cellOfNumber.test(line) && !loginNames.has(line) && foreignLetters(line).length > 0);
}
