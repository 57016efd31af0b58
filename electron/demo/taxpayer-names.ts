/**
 * Names, people, banks and codes of the synthetic county. Names are unique and plausible; phone numbers use a block of zeros so that they
 * are nobody's.
 */
import { usccOf } from '../../shared/roster/uscc.ts';
import type { CountyIndustry } from './county-industries.ts';
import type { Chance } from './seeded-chance.ts';

const brandHeads = Array.from('宏恒鑫瑞盛华泰永嘉润德福兴裕顺诚安达广聚昌隆博远中金正和联众天源');
const brandTails = Array.from('达丰源泰盛和兴诚信旺茂利通辉宇腾祥康成益隆创合基业展升恒远嘉');
const companyForms = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '厂', '集团有限公司'];
const individualForms = ['经营部', '商行', '店', '服务部', '中心'];
const surnames = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧');
const givenNames = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '洋', '艳', '勇', '军', '杰', '娟', '涛', '明', '超', '秀英', '建国', '海燕', '志刚', '晓东', '玉梅', '国庆'];
const banks = ['中国工商银行', '中国农业银行', '中国银行', '中国建设银行', '交通银行', '中国邮政储蓄银行', '农村信用合作联社'];
export const taxOffices: readonly string[] = ['第一税务分局', '城关税务所', '东城税务所', '西郊税务所', '北山税务所', '河口税务所', '开发区税务分局'];

/** Makes names that no two taxpayers share. */
export class NameRegister {
  readonly #taken = new Set<string>();
  readonly #county: string;

  constructor(county: string) {
    this.#county = county;
  }

  /** Reserves a name exactly as given. */
  reserve(name: string): string {
    if (this.#taken.has(name)) throw new Error(`name given twice: ${name}`);
    this.#taken.add(name);
    return name;
  }

  /** A free name for a business of an industry. */
  next(industry: CountyIndustry, individual: boolean, chance: Chance): string {
    const form = chance.pick(individual ? individualForms : companyForms);
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const brand = chance.pick(brandHeads) + chance.pick(brandTails) + (attempt > 15 ? chance.pick(brandTails) : '');
      const name = `${this.#county}${brand}${industry.trade}${form}`;
      if (!this.#taken.has(name)) return this.reserve(name);
    }
    // Every brand of this trade is taken: branches are numbered, as they are in life.
    let number = 2;
    const brand = chance.pick(brandHeads) + chance.pick(brandTails);
    const numbered = (): string => `${this.#county}${brand}${industry.trade}${form}第${String(number)}分公司`;
    while (this.#taken.has(numbered())) number += 1;
    return this.reserve(numbered());
  }
}

/**
 * The code of the n-th taxpayer of a county, different for every n below a million.
 * @param older registered before the unified code: the organisation code has digits only
 */
export function countyUscc(district: string, number: number, individual: boolean, older: boolean): string {
  // 7919 has no factor with a million in common: the numbers look scattered and never meet.
  const scattered = String((number * 7919 + 104_729) % 1_000_000).padStart(6, '0');
  return usccOf({ authority: individual ? '92' : '91', district, organisation: older ? `70${scattered}` : `MA${scattered}` });
}

/** A tax number of 15 characters, as registered before 2015. */
export function legacyTaxNumber(district: string, number: number): string {
  return `${district}7${String((number * 7919) % 10_000_000).padStart(7, '0')}X`;
}

/** A tax number of 20 characters: a made-up identity number and two digits. */
export function legacyIndividualNumber(district: string, number: number): string {
  return `${district}19000101${String(number % 1000).padStart(3, '0')}X01`;
}

export type Contact = { readonly contact: string; readonly phone: string; readonly bank: string; readonly bankAccount: string };

export function contactOf(county: string, number: number, chance: Chance): Contact {
  return {
    contact: chance.pick(surnames) + chance.pick(givenNames),
    phone: `1390000${String(chance.below(10_000)).padStart(4, '0')}`,
    bank: `${chance.pick(banks)}${county}支行`,
    // Leading zeros and 19 digits: what spreadsheets destroy.
    bankAccount: `00${String(number).padStart(7, '0')}${String(chance.below(1_000_000)).padStart(6, '0')}${String(chance.below(10_000)).padStart(4, '0')}`,
  };
}
