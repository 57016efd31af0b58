/**
 * The forms of parameter values towards people 参数值的写法: how a value of each unit is shown and typed. The pack's own schema decides whether
 * a value may stand; this page only carries text to JSON and back. A unit without a form is not amendable from the window.
 */
import { rosterColumns } from '../roster/columns.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Form = {
  /** What may be written, for the field and for refusals: one Chinese phrase. */
  readonly says: string;
  /** @returns null when the text is no value of this form */
  read(text: string): Json | null;
  /** The text that `read` takes back. @returns null for JSON of another form */
  write(value: unknown): string | null;
};

const wholeNumber = (says: string): Form => ({
  says,
  read: (text) => (/^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : null),
  write: (value) => (typeof value === 'number' ? String(value) : null),
});

const plainText = (says: string): Form => ({ says, read: (text) => (text === '' ? null : text), write: (value) => (typeof value === 'string' ? value : null) });

/** Items joined by 、 ; also commas are read. */
const list = (says: string): Form => ({
  says,
  read: (text) => items(text),
  write: (value) => (isTexts(value) ? value.join('、') : null),
});

/** Columns of deducted input tax 已抵扣进项, by the headers of the roster. */
const columnList: Form = {
  says: '名册的已抵扣列名，用顿号隔开，如“已抵扣_增值税专用发票、已抵扣_海关进口缴款书”',
  read: (text) => items(text)?.map((word) => rosterColumns.find(({ header }) => header === word)?.key ?? word) ?? null,
  write: (value) => (isTexts(value) ? value.map((word) => rosterColumns.find(({ key }) => key === word)?.header ?? word).join('、') : null),
};

/** `2022-07；批发和零售业=F；教育=P、Q83` */
const industries: Form = {
  says: '起始申报期和各行业代码，如“2022-07；批发和零售业=F；教育=P”，代码用顿号隔开',
  read(text) {
    const [from = '', ...parts] = text.split(/[；;]/).map((part) => part.trim());
    const named = parts.filter((part) => part !== '').map((part) => {
      const [name = '', codes = ''] = part.split('=').map((piece) => piece.trim());
      return { name, codes: items(codes) ?? [] };
    });
    return from === '' || named.length === 0 ? null : { from, industries: named };
  },
  write(value) {
    if (!isObject(value) || typeof value['from'] !== 'string' || !Array.isArray(value['industries'])) return null;
    const named = value['industries'].map((one: unknown) => (isObject(one) && typeof one['name'] === 'string' && isTexts(one['codes']) ? `${one['name']}=${one['codes'].join('、')}` : null));
    return named.includes(null) ? null : [value['from'], ...named].join('；');
  },
};

const month = plainText('年月，如 2022-07');

const forms: Readonly<Record<string, Form>> = {
  是否: { says: '是或否', read: (text) => (text === '是' ? true : text === '否' ? false : null), write: (value) => (typeof value === 'boolean' ? (value ? '是' : '否') : null) },
  级别: list('纳税信用级别，用顿号隔开（A、B、M、C、D）'),
  月: wholeNumber('1 至 120 的整数'),
  季: wholeNumber('1 至 120 的整数'),
  次: wholeNumber('1 至 99 的整数'),
  月份序号: wholeNumber('1 至 12 的整数'),
  日期: plainText('日期，如 2022-10-31'),
  '日期（含当日）': plainText('日期，如 2022-10-31'),
  申报期: month,
  税款所属期: month,
  月份: month,
  元: plainText('不为负的金额，单位元，至多两位小数'),
  倍数: plainText('0 至 1 的小数，如 0.6，不写百分号'),
  比例: plainText('0 至 1 的小数，如 0.5，不写百分号'),
  名册列: columnList,
  '行业代码前缀（GB/T 4754-2017）': industries,
};

/** Units whose values are ratios: never above 1. */
export const ratioUnits: readonly string[] = ['倍数', '比例'];

/** What a value of the unit looks like, for a refusal or beside a field. */
export function valueFormSays(unit: string): string {
  return forms[unit]?.says ?? '程序能读的格式';
}

/** Reads what a person typed. @returns null when it is no value of the unit */
export function readValue(unit: string, text: string): Json | null {
  return forms[unit]?.read(text.trim()) ?? null;
}

/** The value as a person reads and types it; JSON where it has another form. */
export function valueText(unit: string, value: unknown): string {
  return forms[unit]?.write(value) ?? JSON.stringify(value);
}

function items(text: string): string[] | null {
  const found = text.split(/[、,，]/).map((word) => word.trim()).filter((word) => word !== '');
  return found.length === 0 ? null : found;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
