/**
 * A determination as one line of `evaluate`: the exact JSON object of the headless contract, amounts as yuan text, unknown as null.
 * Also the line of a row that could not be used. Order of keys is part of the contract.
 * @source shared spec headless.md
 */
import type { Determination, DeterminationLine, FindingFacts, RejectedLine } from '../../shared/eligibility/model.ts';
import { yuanText, type Fen } from '../../shared/kernel/money.ts';
import type { CellFault, RosterLine } from '../../shared/roster/model.ts';
import type { LineBytes } from '../platform/line-bytes.ts';
import type { JudgedFinding, Judgement } from './evaluate.ts';
import { factsJson, factsKey, Remembered, word } from './facts.ts';
import { sizeBasis, sizeGrounds } from './size-basis.ts';
import { findingTold, sentenceOf, statedOf, type Telling } from './telling.ts';
import { warningText } from './warnings.ts';

/** @param readerWarnings what the file reader remarked on cells of the row; they stand before the warnings of the determination */
export function determinationLine(determination: Determination, readerWarnings: readonly CellFault[] = []): DeterminationLine {
  return {
    row: determination.row,
    uscc: determination.uscc,
    name: determination.name,
    period: determination.period,
    pack: determination.pack,
    route: determination.route,
    size: determination.size,
    sizeBasis: determination.sizeBasis,
    listedIndustry: determination.listedIndustry,
    listedShare: determination.listedShare,
    verdict: determination.verdict,
    endingCredit: amountText(determination.endingCredit),
    existingCredit: amountText(determination.existingCredit),
    incrementalCredit: amountText(determination.incrementalCredit),
    ratio: determination.ratio,
    refundRate: determination.refundRate,
    refundableExisting: amountText(determination.refundableExisting),
    refundableIncremental: amountText(determination.refundableIncremental),
    refundableTotal: yuanText(determination.refundableTotal),
    existingOpenFrom: determination.existingOpenFrom,
    incrementalOpenFrom: determination.incrementalOpenFrom,
    warnings: readerWarnings.length === 0 ? determination.warnings : [...readerWarnings.map(cellSentence), ...determination.warnings],
    findings: determination.findings,
  };
}

type StatedFinding = { readonly one: JudgedFinding; readonly stated: FindingFacts };
/** Under what runs of findings are remembered; single ones are under their rule. */
const runs = {};

/**
 * Writes the bytes of JSON.stringify(determinationLine(…)) straight from judgements: without the objects between, and with the bytes of findings remembered
 * whose facts repeat. One writer for the rows of one run.
 */
export function lineWriter(sink: LineBytes): (judgement: Judgement, readerWarnings: readonly CellFault[]) => void {
  const heads = new Remembered<string>();
  const repeated = new Remembered<Uint8Array>();
  /** A finding up to its facts: the same for all of a rule, route, outcome and citations of the case. */
  const headOf = ({ rule, outcome }: JudgedFinding, facts: FindingFacts, telling: Telling): string => {
    const also = rule.alsoCites?.(statedOf(outcome, facts, telling)) ?? [];
    return heads.of(rule, telling.route, `${outcome}|${also.length === 0 ? '' : also.join()}`, () => {
      const { cites, outcome: shown } = findingTold(rule, outcome, facts, telling);
      return `{"rule":"${rule.id}","cites":${JSON.stringify(cites)},"outcome":"${shown}","facts":`;
    });
  };
  const textOf = (one: JudgedFinding, facts: FindingFacts, telling: Telling): string =>
    `${headOf(one, facts, telling)}${factsJson(facts, one.rule.hides)},"text":"${sentenceOf(one.rule, one.outcome, facts, telling)}"},`;
  /** Findings that repeat stand side by side: their bytes are remembered together, and each alone where they come together in too many ways. */
  const runBytes = (run: readonly StatedFinding[], key: string, telling: Telling): Uint8Array =>
    repeated.of(runs, telling.route, key, () =>
      Buffer.concat(run.map(({ one, stated }) => repeated.of(one.rule, telling.route, factsKey(one.outcome, stated), () => Buffer.from(textOf(one, stated, telling))))));
  return ({ row, run: terms, figures, facts, warnings, findings }, readerWarnings) => {
    const telling = { filing: terms.filing, route: facts.answer.route, standards: terms.policy.standards };
    const {
      size, listedIndustry, listedShare, verdict, endingCredit, existingCredit, incrementalCredit, ratio, refundRate, refundableExisting, refundableIncremental,
      refundableTotal, existingOpenFrom, incrementalOpenFrom,
    } = figures;
    sink.part(`{"row":${String(row.row)},"uscc":"${row.uscc}","name":${JSON.stringify(row.name)}`);
    sink.part(`,"period":"${terms.filing}","pack":"${terms.pack.id
    }","route":${word(verdict === 'out-of-scope' ? null : telling.route)},"size":"${size}","sizeBasis":${word(sizeBasis(sizeGrounds(row, facts.sizing)))
    },"listedIndustry":${String(listedIndustry)},"listedShare":${word(listedShare)},"verdict":"${verdict}","endingCredit":${word(amountText(endingCredit))
    },"existingCredit":${word(amountText(existingCredit))},"incrementalCredit":${word(amountText(incrementalCredit))},"ratio":${word(ratio)
    },"refundRate":${word(refundRate)},"refundableExisting":${word(amountText(refundableExisting))},"refundableIncremental":${word(amountText(refundableIncremental))
    },"refundableTotal":"${yuanText(refundableTotal)}","existingOpenFrom":${word(existingOpenFrom)},"incrementalOpenFrom":${word(incrementalOpenFrom)},"warnings":`);
    sink.part(`${readerWarnings.length + warnings.length === 0 ? '[]' : JSON.stringify([...readerWarnings.map(cellSentence), ...warnings.map(warningText)])},"findings":[`);
    let text = '';
    let [run, runKey]: [StatedFinding[], string] = [[], ''];
    for (const one of findings) {
      const { rule, outcome } = one;
      const stated = rule.states(facts);
      if (rule.repeats === true) {
        if (text !== '') sink.part(text);
        text = '';
        run.push({ one, stated });
        runKey += `${rule.id}|${factsKey(outcome, stated)};`;
        continue;
      }
      if (run.length > 0) {
        sink.bytes(runBytes(run, runKey, telling));
        [run, runKey] = [[], ''];
      }
      text += textOf(one, stated, telling);
    }
    if (text !== '') sink.part(text);
    if (run.length > 0) sink.bytes(runBytes(run, runKey, telling));
    sink.back();
    sink.part(']}');
    sink.end();
  };
}

/** The line of a rejected row: the code of its first fault, a sentence, and every fault as details. */
export function rejectedLine(line: Extract<RosterLine, { kind: 'rejected' }>): RejectedLine {
  const [first] = line.faults;
  const count = line.faults.length;
  const message = first === undefined ? '该行不能使用，未作评价' : `该行有${String(count)}处问题，未作评价；${cellSentence(first)}`;
  return { row: line.row, name: line.name, error: { code: first?.code ?? 'ROW_REJECTED', message, details: line.faults } };
}

export function cellSentence({ column, message }: CellFault): string {
  return column === '' ? message : `“${column}”${message}`;
}

export function amountText(fen: Fen | null): string | null {
  return fen === null ? null : yuanText(fen);
}
