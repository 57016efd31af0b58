/**
 * Texts that look alike 形近: one key for all the ways of writing what a person sees as the same. It serves warnings, pairs and every search box; what is
 * stored stays as it was received. It does not know characters that merely resemble each other (己 and 已).
 * @source Unicode 17: UAX #15 (NFKC), EquivalentUnifiedIdeograph.txt, Default_Ignorable_Code_Point; shared spec faults.md B5
 */

/** CJK radicals that NFKC leaves alone, each before the ideograph it stands for (EquivalentUnifiedIdeograph.txt; the collation of the platform agrees). */
const radicals = [
  '⺀丶⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺌小⺍小⺎尢⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王',
  '⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳罓⺴罓⺵罒⺶羊⺷羊⺸羋⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長',
  '⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧鹵⻨麦⻩黄⻪黾⻫齊⻬齐⻭齒⻮齿⻯龍⻰龙⻱龜⻲龜',
].join('');
const ideographOf: ReadonlyMap<string, string> = new Map(Array.from({ length: radicals.length / 2 }, (_, index) => [radicals.charAt(2 * index), radicals.charAt(2 * index + 1)]));

/** Nothing but ideographs of the plain blocks: the key is the text itself. */
const plainPattern = /^[\u3400-\u4dbf\u4e00-\u9fff]*$/;
/** What cannot be seen, blanks among it. U+2800 and U+3164 are seen as blanks. */
const unseenPattern = /[\p{Default_Ignorable_Code_Point}\p{Cf}\s\u2800]/gu;
const radicalPattern = /[\u2e80-\u2ef3]/g;

/** What a text is compared by: two texts with the same key look the same. */
export function lookAlikeKey(text: string): string {
  if (plainPattern.test(text)) return text;
  return text.normalize('NFKC').replace(radicalPattern, (radical) => ideographOf.get(radical) ?? radical).replace(unseenPattern, '').toLowerCase();
}

/** Radicals, compatibility ideographs, full-width letters and digits, characters put together of parts, and what is not seen. Brackets of either width are usual. */
const strangePattern =
  /[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u{2f800}-\u{2fa1f}\u2800\p{Mark}\p{Default_Ignorable_Code_Point}]/u;

/** The first character of a text that looks like another one or like nothing, or null. */
export function strangeCharacter(text: string): string | null {
  return plainPattern.test(text) ? null : (strangePattern.exec(text)?.[0] ?? null);
}
