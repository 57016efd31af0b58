/**
 * Citations in words for paper: `2022-14/3(1)` as `2022年第14号公告第三条第（一）项`. A reading of the program 读法 is named as such and never
 * shown as law. Which rule cites what is the policy packs' business.
 */

const documents: Readonly<Record<string, string>> = {
  '2019-39': '2019年第39号公告',
  '2019-84': '2019年第84号公告',
  '2021-15': '2021年第15号公告',
  '2022-14': '2022年第14号公告',
  '2022-17': '2022年第17号公告',
  '2022-19': '2022年第19号公告',
  '2022-21': '2022年第21号公告',
  '2025-07': '2025年第7号公告',
  'sta-2019-20': '税务总局公告2019年第20号',
  'sta-2022-4': '税务总局公告2022年第4号',
  'sta-2025-20': '税务总局公告2025年第20号',
  '2011-300': '工信部联企业〔2011〕300号',
  '2015-309': '银发〔2015〕309号',
};

/** The full names behind the short ones, for the foot of a paper. */
export const documentsNote = '“公告”指财政部、税务总局（2019年第39号并海关总署）公告';

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** @param cite heading of an articles.md; an unknown document is shown as it stands */
export function citationName(cite: string): string {
  const cut = cite.indexOf('/');
  const [document, place] = cut < 0 ? [cite, ''] : [cite.slice(0, cut), cite.slice(cut + 1)];
  if (isReading(cite)) return '本程序的读法';
  const name = Object.hasOwn(documents, document) ? (documents[document] ?? document) : document;
  const [, article, item] = /^([0-9]+)(?:\(([0-9]+)\))?$/.exec(place) ?? [];
  // A place without a number is a heading of ours for text whose article was not seen; it is no part of the citation.
  if (article === undefined) return name;
  return `${name}第${chineseNumber(article)}条${item === undefined ? '' : `第（${chineseNumber(item)}）项`}`;
}

export function isReading(cite: string): boolean {
  return cite.startsWith('reading/');
}

function chineseNumber(text: string): string {
  const number = Number(text);
  if (number <= 10) return digits[number] ?? text;
  if (number < 20) return `十${digits[number - 10] ?? ''}`;
  return `${digits[Math.floor(number / 10)] ?? ''}十${number % 10 === 0 ? '' : (digits[number % 10] ?? '')}`;
}
