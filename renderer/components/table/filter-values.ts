/** Filters as an operation's optional fields take them 筛选值: undefined where the column is not filtered. */
import type { TableFilters } from './columns.ts';

export function textOf(filters: TableFilters, key: string): string | undefined {
  const value = filters[key];
  return value?.kind === 'text' ? value.text : undefined;
}

/** One of a closed list; a value that is not in it filters nothing. */
export function choiceOf<T extends string>(filters: TableFilters, key: string, choices: readonly T[]): T | undefined {
  const value = filters[key];
  return value?.kind === 'choice' ? choices.find((choice) => choice === value.value) : undefined;
}

export function rangeOf(filters: TableFilters, key: string): { readonly from: string | null; readonly to: string | null } {
  const value = filters[key];
  return value?.kind === 'range' ? { from: value.from, to: value.to } : { from: null, to: null };
}

/** Options of a choice filter from a table of names. */
export function optionsOf<K extends string>(names: Readonly<Record<K, string>>): { readonly value: K; readonly label: string }[] {
  return (Object.keys(names) as K[]).map((value) => ({ value, label: names[value] })); // the keys of a closed table
}
