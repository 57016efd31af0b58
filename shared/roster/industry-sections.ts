/**
 * The sections 门类 of the national industry classification and the two-digit divisions 大类 that belong to each. Serves to
 * refuse a code whose letter and digits contradict each other; the four-digit catalogue is deliberately not carried.
 * @source GB/T 4754-2017 国民经济行业分类 (names and division ranges: policy-facts 2.1, size-standards.json; background knowledge)
 */

export type IndustrySection = {
  readonly letter: string;
  readonly name: string;
  /** First and last division, inclusive. */
  readonly divisions: readonly [number, number];
};

export const industrySections: readonly IndustrySection[] = [
  { letter: 'A', name: '农、林、牧、渔业', divisions: [1, 5] },
  { letter: 'B', name: '采矿业', divisions: [6, 12] },
  { letter: 'C', name: '制造业', divisions: [13, 43] },
  { letter: 'D', name: '电力、热力、燃气及水生产和供应业', divisions: [44, 46] },
  { letter: 'E', name: '建筑业', divisions: [47, 50] },
  { letter: 'F', name: '批发和零售业', divisions: [51, 52] },
  { letter: 'G', name: '交通运输、仓储和邮政业', divisions: [53, 60] },
  { letter: 'H', name: '住宿和餐饮业', divisions: [61, 62] },
  { letter: 'I', name: '信息传输、软件和信息技术服务业', divisions: [63, 65] },
  { letter: 'J', name: '金融业', divisions: [66, 69] },
  { letter: 'K', name: '房地产业', divisions: [70, 70] },
  { letter: 'L', name: '租赁和商务服务业', divisions: [71, 72] },
  { letter: 'M', name: '科学研究和技术服务业', divisions: [73, 75] },
  { letter: 'N', name: '水利、环境和公共设施管理业', divisions: [76, 79] },
  { letter: 'O', name: '居民服务、修理和其他服务业', divisions: [80, 82] },
  { letter: 'P', name: '教育', divisions: [83, 83] },
  { letter: 'Q', name: '卫生和社会工作', divisions: [84, 85] },
  { letter: 'R', name: '文化、体育和娱乐业', divisions: [86, 90] },
  { letter: 'S', name: '公共管理、社会保障和社会组织', divisions: [91, 96] },
  { letter: 'T', name: '国际组织', divisions: [97, 97] },
];

const sectionByLetter = new Map(industrySections.map((section) => [section.letter, section]));

/** The section of a code such as `C`, `C17`, `C1762`; null when there is no such letter. */
export function sectionOf(code: string): IndustrySection | null {
  return sectionByLetter.get(code.charAt(0)) ?? null;
}

/**
 * Whether a code has the form letter + 0, 2, 3 … `digitsMax` digits and its digits lie in the section of its letter.
 * @param digitsMax 4 for a taxpayer's own industry, 3 for sales by industry (roster.md)
 */
export function industryCodeStands(code: string, digitsMax: 3 | 4): boolean {
  const match = /^([A-T])([0-9]{2,4})?$/.exec(code);
  if (match === null) return false;
  const [, letter = '', digits = ''] = match;
  if (digits === '') return true;
  if (digits.length > digitsMax) return false;
  const division = Number(digits.slice(0, 2));
  const section = sectionByLetter.get(letter);
  return section !== undefined && division >= section.divisions[0] && division <= section.divisions[1];
}
