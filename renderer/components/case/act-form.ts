/**
 * The form of an act 办理表: its fields out of the case table, what is wrong with each as it is typed, what differs from what is there now,
 * and the operation's input. Nothing here knows a capability; what is lawful the office decides again.
 */
import { z } from 'zod';
import { inputWords } from '../../../shared/input-faults.ts';
import type { CaseAct } from '../../../shared/kernel/case.ts';
import { field, type Field, type Fields } from '../../../shared/kernel/record.ts';

/** Field → what stands in its control; a ticked box is `true`. */
export type Draft = Readonly<Record<string, string>>;
/** Key of the input → the fields that travel together under it. */
export type Groups = Readonly<Record<string, readonly string[]>>;

const reason = field.text('原因', 500);

/** The fields of an act on so many cases, the reason last. */
export function fieldsOf(act: CaseAct, count: number): Fields {
  const taken = (key: string): boolean => count === 1 || act.singly?.includes(key) !== true;
  const single = Object.entries(act.input ?? {}).filter(([key]) => taken(key));
  const grouped = Object.entries(act.groups ?? {}).flatMap(([key, of]) => (taken(key) ? Object.entries(of) : []));
  const asksReason = act.reason === 'required' && act.input?.['reason'] === undefined;
  return Object.fromEntries([...single, ...grouped, ...(asksReason ? [['reason', reason] as const] : [])]);
}

/** Which fields of an act go together: all of them or none. */
export function groupsOf(act: CaseAct): Groups {
  return Object.fromEntries(Object.entries(act.groups ?? {}).map(([key, of]) => [key, Object.keys(of)]));
}

/** What was typed, as the office reads it: amounts without separators and in plain digits, codes without blanks. */
function readText({ shape }: Field, text: string): string {
  switch (shape.kind) {
    case 'fen':
    case 'count': return text.normalize('NFKC').replace(/[\s,，]/g, '');
    case 'coded': return text.normalize('NFKC').replace(/\s/g, '');
    case 'note': case 'flag': case 'date': case 'instant': case 'period': case 'text': case 'words': return text.trim();
  }
}

function valueOf(of: Field, text: string): unknown {
  const read = readText(of, text);
  if (of.shape.kind === 'flag') return text === 'true';
  if (of.shape.kind === 'count') return Number(read);
  return read;
}

/** Whether the field must be filled. */
export function isRequired(of: Field): boolean {
  return !of.nullable && of.shape.kind !== 'flag' && !z.safeDecode(of.view, '').success; // any text may be tried on a schema
}

/** Longest text that the field takes, for the control. */
export function longestOf(of: Field): number {
  const inner = of.schema instanceof z.ZodNullable ? of.schema.unwrap() : of.schema;
  return inner instanceof z.ZodString ? (inner.maxLength ?? 40) : 40;
}

/** What is wrong with a text that is there; null when nothing is, or when nothing is there. */
export function faultOf(of: Field, text: string): string | null {
  if (of.shape.kind === 'flag' || text.trim() === '') return null;
  if (of.shape.kind === 'count') return /^[0-9]{1,9}$/.test(readText(of, text)) ? null : '请填写整数';
  const parsed = z.safeDecode(of.view, valueOf(of, text), { error: inputWords }); // any text may be tried on a schema
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? '请改正');
}

/** Whether a field differs from what is there now. */
export function isChanged(of: Field, typed: string | undefined, now: string | undefined): boolean {
  return readText(of, typed ?? '') !== readText(of, now ?? '');
}

/** Every field that keeps the act from being sent: key → what is wrong; '' where it is merely empty. */
export function openFields(fields: Fields, draft: Draft, now: Draft, groups: Groups): Readonly<Record<string, string>> {
  const touched = touchedGroups(fields, draft, now, groups);
  return Object.fromEntries(Object.entries(fields).flatMap(([key, of]) => {
    const fault = faultOf(of, draft[key] ?? '');
    if (fault !== null) return [[key, fault]];
    const group = groupOf(key, groups);
    return isRequired(of) && (draft[key] ?? '').trim() === '' && (group === null || touched.has(group)) ? [[key, '']] : [];
  }));
}

/** The operation's input beside the cases themselves. What is empty or unchanged and may be left out is left to the office. */
export function actInput(fields: Fields, draft: Draft, now: Draft, groups: Groups): Readonly<Record<string, unknown>> {
  const touched = touchedGroups(fields, draft, now, groups);
  const input: Record<string, unknown> = {};
  for (const [key, of] of Object.entries(fields)) {
    const text = draft[key] ?? '';
    const group = groupOf(key, groups);
    const value = text.trim() === '' && of.shape.kind !== 'flag' ? null : valueOf(of, text);
    if (group !== null) {
      if (touched.has(group)) input[group] = { ...(input[group] as object | undefined), [key]: value }; // only this line writes a group
    } else if (value !== null && (!of.nullable || isChanged(of, text, now[key]))) input[key] = value;
  }
  return input;
}

function groupOf(key: string, groups: Groups): string | null {
  return Object.entries(groups).find(([, keys]) => keys.includes(key))?.[0] ?? null;
}

function touchedGroups(fields: Fields, draft: Draft, now: Draft, groups: Groups): ReadonlySet<string> {
  const changed = (key: string): boolean => { const of = fields[key]; return of !== undefined && isChanged(of, draft[key], now[key]); };
  // A group of which nothing is there yet must be given.
  const wanted = (keys: readonly string[]): boolean =>
    keys.some((key) => fields[key] !== undefined) && keys.every((key) => now[key] === undefined);
  return new Set(Object.entries(groups).flatMap(([group, keys]) => (keys.some(changed) || wanted(keys) ? [group] : [])));
}
