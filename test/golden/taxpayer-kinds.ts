/**
 * Every kind of taxpayer as the product of closed tables: who files, how large, in which industry, since when, with what behind it and how much credit. One member is
 * one roster row with every fact known, so that a walk over all filing periods meets each kind in each of them.
 */
import type { sizeClasses } from '../../shared/eligibility/model.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { goldenRow, type Cells } from './golden-rows.ts';

export const payers = {
  一般纳税人按月: {},
  一般纳税人按季: { 纳税期限: '季' },
  个体工商户: { 个体工商户: '是' },
  小规模纳税人: { 纳税人类型: '小规模纳税人' },
} as const satisfies Readonly<Record<string, Cells>>;

/** Sales and assets that give the class under the standard of every industry below; a firm without a previous year has none. */
export const sizes = {
  micro: { 上年增值税销售额: '400000.00', 上年末资产总额: '900000.00' },
  small: { 上年增值税销售额: '4500000.00', 上年末资产总额: '30000000.00' },
  medium: { 上年增值税销售额: '90000000.00', 上年末资产总额: '99000000.00' },
  large: { 上年增值税销售额: '9000000000.00', 上年末资产总额: '9000000000.00' },
  undetermined: { 上年存续月数: '0' },
} as const satisfies Readonly<Record<(typeof sizeClasses)[number] | 'undetermined', Cells>>;

/** `of2022`: list of No. 14 or No. 21; `of2025`: item of No. 7. Advanced manufacturing (No. 84, No. 15) is not modelled: manufacturers are warned. */
export const industries = {
  制造业: { cells: { 划型行业代码: 'C3311', 近12个月分行业销售额: 'C=1000000.00' }, of2022: 'six', of2025: 'four', manufactures: true },
  软件和信息技术服务业: { cells: { 划型行业代码: 'I6510', 近12个月分行业销售额: 'I65=1000000.00' }, of2022: 'six', of2025: 'four', manufactures: false },
  交通运输业: { cells: { 划型行业代码: 'G5431', 近12个月分行业销售额: 'G54=1000000.00' }, of2022: 'six', of2025: 'others', manufactures: false },
  零售业: { cells: { 划型行业代码: 'F5211', 近12个月分行业销售额: 'F52=1000000.00' }, of2022: 'seven', of2025: 'others', manufactures: false },
  建筑业: { cells: { 划型行业代码: 'E4710', 近12个月分行业销售额: 'E=1000000.00' }, of2022: null, of2025: 'others', manufactures: false },
  房地产开发经营: { cells: { 划型行业代码: 'K7010', 近12个月分行业销售额: 'K701=1000000.00' }, of2022: null, of2025: 'realEstate', manufactures: false },
  不满三个月的制造业: { cells: { 划型行业代码: 'C3311', 近12个月分行业销售额: 'C=1000000.00', 近12个月经营月数: '2' }, of2022: null, of2025: 'others', manufactures: true },
} as const satisfies Readonly<Record<string, { readonly cells: Cells; readonly of2022: 'six' | 'seven' | null; readonly of2025: 'four' | 'realEstate' | 'others'; readonly manufactures: boolean }>>;

export const registrations = {
  '2019年3月底前设立': { '2019年3月31日期末留抵税额': '100000.00' },
  '2019年4月1日后设立': { '2019年3月31日期末留抵税额': '0.00', 登记日期: '2019-04-01' },
} as const satisfies Readonly<Record<string, Cells>>;

export const histories = {
  没有退过: {},
  退过一次性存量: { 一次性存量退税取得日期: '2022-06-20' },
  退过一般留抵: { 上次一般留抵退税取得日期: '2023-05-10' },
} as const satisfies Readonly<Record<string, Cells>>;

/** Two values a quarterly filer, six a monthly one, are taken from the end of the list. */
export const credits = {
  没有留抵: { 当期期末留抵税额: '0.00', 上年末期末留抵税额: '0.00' },
  留抵不多: { 当期期末留抵税额: '300000.00', 上年末期末留抵税额: '100000.00' },
  留抵很多: { 当期期末留抵税额: '900000.00', 上年末期末留抵税额: '150000.00' },
} as const satisfies Readonly<Record<string, Cells>>;

const recent: Readonly<Record<keyof typeof credits, readonly string[]>> = {
  没有留抵: ['0.00', '0.00', '0.00', '0.00', '0.00', '0.00'],
  留抵不多: ['200000.00', '210000.00', '220000.00', '230000.00', '240000.00', '300000.00'],
  留抵很多: ['200000.00', '300000.00', '400000.00', '500000.00', '600000.00', '900000.00'],
};

export type TaxpayerKind = {
  readonly payer: keyof typeof payers;
  readonly size: keyof typeof sizes;
  readonly industry: keyof typeof industries;
  readonly registration: keyof typeof registrations;
  readonly history: keyof typeof histories;
  readonly credit: keyof typeof credits;
};

function keysOf<T extends Readonly<Record<string, unknown>>>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table); // the own keys of a closed table
}

/** The whole product, 2,520 kinds. */
export const taxpayerKinds: readonly TaxpayerKind[] = keysOf(payers).flatMap((payer) =>
  keysOf(sizes).flatMap((size) =>
    keysOf(industries).flatMap((industry) =>
      keysOf(registrations).flatMap((registration) => keysOf(histories).flatMap((history) => keysOf(credits).map((credit) => ({ payer, size, industry, registration, history, credit })))),
    ),
  ),
);

export function rowOf(kind: TaxpayerKind): RosterRow {
  const counted = kind.payer === '一般纳税人按季' ? recent[kind.credit].slice(-2) : recent[kind.credit];
  return goldenRow({
    ...payers[kind.payer],
    ...industries[kind.industry].cells,
    ...sizes[kind.size],
    ...registrations[kind.registration],
    ...histories[kind.history],
    ...credits[kind.credit],
    近六期期末留抵税额: counted.join(';'),
  });
}

export function kindText(kind: TaxpayerKind): string {
  return Object.values(kind).join('·');
}
