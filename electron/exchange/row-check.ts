/**
 * One line of a section read as a row 行校验: canonical JSON first, then the section's schema, with every fault named by field and code.
 * What was seen is masked, because faults travel back to the sender in a receipt. It adds nothing up.
 * @source shared spec exchange.md 2.2, 2.6, 2.8 (E150–E152); faults E01–E06
 */
import type { z } from 'zod';
import { inputWords } from '../../shared/input-faults.ts';
import { parseFen } from '../../shared/kernel/money.ts';
import type { ExchangeErrorCode } from '../../shared/exchange/errors.ts';
import type { Section } from '../../shared/exchange/section.ts';
import { jsonFaultNames, readCanonicalText } from './canonical-json.ts';
import { packageLimits } from './package-schema.ts';

/** A row after its schema: money as bigint, everything else as on the wire. */
export type Row = Readonly<Record<string, unknown>>;

export type CellFault = { readonly code: ExchangeErrorCode; readonly field: string; readonly reason: string; readonly seen: unknown };
export type RowReading = { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly faults: readonly CellFault[] };

/** Reads one line, without its line feed. */
export function readRow(definition: Section, text: string): RowReading {
  const whole = (reason: string): RowReading => ({ ok: false, faults: [{ code: 'ROW_INVALID', field: '整行', reason, seen: '' }] });
  if (longerThan(text, packageLimits.lineBytes)) return whole(jsonFaultNames['too-long']);
  const gate = readCanonicalText(text);
  if (!gate.ok) return whole(jsonFaultNames[gate.fault]);
  const parsed = definition.schema.safeParse(gate.value, { error: inputWords });
  if (parsed.success) return { ok: true, row: parsed.data };
  // One fault a field: a cell that is no amount also breaks the sums it stands in.
  const faults = new Map<string, CellFault>();
  for (const issue of parsed.error.issues) {
    const fault = cellFault(issue, gate.value);
    if (!faults.has(fault.field)) faults.set(fault.field, fault);
  }
  return { ok: false, faults: [...faults.values()] };
}

function cellFault(issue: z.core.$ZodIssue, row: Row): CellFault {
  // A foreign key is never repeated: it may be long or hold anything.
  const field = issue.code === 'unrecognized_keys' ? '未知字段' : String(issue.path[0] ?? '整行');
  const seen = Object.hasOwn(row, field) ? row[field] : undefined;
  if (field === 'uscc') return { code: 'USCC_INVALID', field, reason: '统一社会信用代码校验位错误', seen };
  if (field.endsWith('Fen') && !isAmount(seen)) return { code: 'AMOUNT_FORMAT', field, reason: '金额格式错误（应为整数分）', seen };
  const reason = issue.code === 'unrecognized_keys' ? '不应出现' : issue.message;
  return { code: 'ROW_INVALID', field, reason, seen };
}

function isAmount(value: unknown): boolean {
  const fen = typeof value === 'string' ? parseFen(value) : null;
  return fen !== null && fen >= 0n;
}

/** Length in UTF-8, counted only where three bytes a unit could exceed the limit. */
function longerThan(text: string, bytesMax: number): boolean {
  return text.length * 3 > bytesMax && new TextEncoder().encode(text).length > bytesMax;
}

/** First and last character with the length between: enough to find the cell, too little to tell a secret. */
export function masked(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  const letters = [...text].filter((letter) => letter.isWellFormed() && !/[\p{Cc}\p{Cf}]/u.test(letter));
  if (letters.length <= 2) return '*'.repeat(letters.length);
  return `${letters[0] ?? ''}*${String(letters.length)}*${letters.at(-1) ?? ''}`;
}
