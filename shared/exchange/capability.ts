/** 交换包, with the keys of the offices, as every process knows it. */
import { exchangeContract } from './contract.ts';
import { exchangeErrors } from './errors.ts';
import { packageKinds } from './kinds.ts';
import type { Term } from '../kernel/capability.ts';

export const names = {
  exchange: { zh: '交换包', source: '内部用语' },
  keys: { zh: '密钥核对', source: '内部用语' },
};
export const contract = exchangeContract;
export const errors = exchangeErrors;
export const terms: Readonly<Record<string, Term>> = {
  stick: { zh: 'U盘', source: '内部用语' },
  keyCard: { zh: '密钥卡', source: '内部用语' },
  receipt: { zh: '收件回执', source: '内部用语' },
};
export const labels = {
  packageKind: Object.fromEntries(Object.entries(packageKinds).map(([name, { title }]) => [name, title])),
};
