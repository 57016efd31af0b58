/**
 * A section 分段 of a package and a package kind 交换包种类, as one file a kind describes them: the fields of a row with their Chinese names, what makes
 * a row unique, which column is summed into the manifest, and who may send the kind to whom. Who gathers and posts it is electron's business.
 * @source shared spec exchange.md 2.2, 2.6; decisions 15, 17
 */
import type { z } from 'zod';
import type { Agency } from '../kernel/office.ts';
import { labelsOf, schemaOf, type Fields } from '../kernel/record.ts';

export type Section<S extends z.ZodType = z.ZodType<Readonly<Record<string, unknown>>>> = {
  readonly title: string;
  readonly schema: S;
  /** Chinese names for the sentences about faults. */
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that together occur once in a section; none where the section has exactly one row. */
  readonly unique: readonly string[];
  /** The money column whose total stands in the manifest; null = no money. */
  readonly sum: string | null;
  readonly rowsMin: number;
  readonly rowsMax: number;
};
/** A row after its schema: money as bigint, everything else as on the wire. */
export type RowOf<S extends Section> = z.output<S['schema']>;

/** Limit of rows over the sections of one package. */
export const packageRowsMax = 200_000;

type SchemaOf<F extends Fields> = ReturnType<typeof schemaOf<F>>;
type Terms<K extends string> = { readonly unique?: readonly K[]; readonly sum?: K; readonly one?: boolean };

/** @param terms `one`: the section has exactly one row  @param fits what must hold between the fields of a row, as refinements of its schema */
export function section<F extends Fields>(title: string, fields: F, terms: Terms<keyof F & string>, fits?: (row: SchemaOf<F>) => SchemaOf<F>): Section<SchemaOf<F>> {
  const schema = schemaOf(fields);
  return {
    title,
    schema: fits === undefined ? schema : fits(schema),
    fields: labelsOf(fields),
    unique: terms.unique ?? [],
    sum: terms.sum ?? null,
    rowsMin: terms.one === true ? 1 : 0,
    rowsMax: terms.one === true ? 1 : packageRowsMax,
  };
}

export type Kind<S extends Readonly<Record<string, Section>> | null = Readonly<Record<string, Section>> | null> = {
  /** The Chinese name on screens, receipts and refusals. */
  readonly title: string;
  readonly from: readonly Agency[];
  readonly to: readonly Agency[];
  /** The document's sections in their order; null = not yet exchangeable in this version. */
  readonly sections: S;
  /** Whether its arrival is answered by a receipt. A receipt never is. */
  readonly receipted: boolean;
};

export function defineKind<const S extends Readonly<Record<string, Section>> | null>(kind: Omit<Kind<S>, 'receipted'> & { readonly receipted?: boolean }): Kind<S> {
  return { receipted: true, ...kind };
}
