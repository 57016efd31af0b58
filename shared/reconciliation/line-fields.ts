/**
 * A line of reconciliation 对账明细 and the head of a statement as records: from these two tables come the rows of packages and journal. What a line
 * means is line.ts; as a file of a list it is electron's business.
 * @source shared spec reconciliation.md, Lines
 */
import { z } from 'zod';
import { field, onlyFields, schemaOf, type RecordOf } from '../kernel/record.ts';
import { lineKinds, type ReconLine } from './line.ts';

const money = (label: string) => field.optional(field.fen(label));

/** Blank texts are '': not stated, so not compared. */
export const lineFields = {
  kind: field.own('类型', z.enum(lineKinds)),
  no: field.text('单据号', 100),
  formerNo: field.note('原单据号', 100),
  batchNo: field.note('批次号', 100),
  payee: field.note('纳税人识别号', 100),
  name: field.note('纳税人名称', 200),
  account: field.note('收款账号', 100),
  subject: field.note('预算科目', 100),
  amountFen: field.fen('金额'),
  centralFen: money('中央'),
  provincialFen: money('省级'),
  countyFen: money('县级'),
  day: field.date('日期'),
  sentOn: field.optional(field.date('送达日期')),
  fundNo: field.note('资金文号', 200),
  note: field.note('备注', 500),
};
const lineSchema = schemaOf(lineFields);
export type LineFields = RecordOf<typeof lineFields>;
export type PackedLine = z.input<typeof lineSchema>;

/** A line as journal and package carry it: money as text of fen. */
export function packedLine(line: ReconLine): PackedLine {
  return z.encode(lineSchema, onlyFields(lineFields, line));
}

/** @throws ZodError when it is none */
export function lineOfPacked(value: unknown): ReconLine {
  return z.decode(lineSchema, value as PackedLine); // decode is what checks it
}

/** The head of a statement 对账单: what an office holds its lines out to be. */
export const statementFields = {
  period: field.period('所属月'),
  /** 第几次汇成: a later one takes the place of those before. */
  version: field.count('版次', 1, 10_000),
  through: field.date('完整至'),
  statedOn: field.date('汇成日期'),
  statedBy: field.text('汇成人', 30),
  lines: field.count('行数', 0, 200_000),
};
