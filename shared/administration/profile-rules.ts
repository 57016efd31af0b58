/**
 * What must hold across the fields of a county profile 县区参数 before it is proposed and again before it is confirmed, and what differs from the law and
 * is said to both people. The form of one field is the schema's; how a refund is split by it is refunds' own.
 * @source 国发〔2019〕21号 (中央 50%), 财预〔2022〕40号 (科目在增值税款下), policy-facts 6.1, 6.2; county plan 二(五) (次月 10 日前)
 */
import { parseCivilDate } from '../kernel/civil-date.ts';
import { parseRatio, type Ratio } from '../kernel/ratio.ts';
import { shareParts, type CountyProfile, type SharePart } from './model.ts';

export const sharePartNames: Readonly<Record<SharePart, string>> = { central: '中央', province: '省级', county: '县级' };

/** The profile in force, which a new one may not contradict: the county it is for, and the routes that it assigns. */
export type ProfileGround = Pick<CountyProfile, 'code' | 'policyOfRoute'>;

type Rule = (profile: CountyProfile, ground: ProfileGround) => string | null;

const faultRules: readonly Rule[] = [
  sharesFault,
  ({ code }, ground) => (code === ground.code ? null : `行政区划代码 ${code} 不是本单位的 ${ground.code}`),
  ({ subjectCodes }) => {
    const wanted = [true, false].flatMap((smallMicro) => (['original', 'new'] as const).map((policy) => ({ smallMicro, policy })));
    const wrong = wanted.find(({ smallMicro, policy }) => subjectCodes.filter((row) => row.smallMicro === smallMicro && row.policy === policy).length !== 1);
    return wrong === undefined ? null : `${wrong.smallMicro ? '小微企业' : '其他企业'}${wrong.policy === 'new' ? '新增政策' : '原政策'}的预算科目须恰有一个`;
  },
  ({ subjectCodes, subjectCodeBefore }) => {
    const codes = [...subjectCodes, subjectCodeBefore].map(({ code }) => code);
    const twice = codes.find((code, index) => codes.indexOf(code) !== index);
    return twice === undefined ? null : `预算科目 ${twice} 用了两次`;
  },
  ({ subjectCodes, subjectCodeBefore }) => {
    const strange = [...subjectCodes, subjectCodeBefore].find(({ code }) => !code.startsWith('10101'));
    return strange === undefined ? null : `预算科目 ${strange.code} 不在增值税（10101）之下`;
  },
  ({ subjectCodeBefore: { from } }) => (parseCivilDate(from) === null ? `旧科目的停用日期“${from}”不是日期` : null),
  ({ policyOfRoute }, ground) => {
    const differing = [...Object.keys(policyOfRoute), ...Object.keys(ground.policyOfRoute)].find((route) => (
      !Object.hasOwn(policyOfRoute, route) || !Object.hasOwn(ground.policyOfRoute, route)));
    return differing === undefined ? null : `条款 ${differing} 的原政策、新增政策归属不齐`;
  },
];

/** Why the profile cannot stand, each as a phrase; none means that it may be proposed. */
export function profileFaults(profile: CountyProfile, ground: ProfileGround): readonly string[] {
  return faultRules.map((rule) => rule(profile, ground)).filter((fault) => fault !== null);
}

/** Why no amount can be split by these shares, or null. A profile of an older program may hold such. */
export function sharesFault({ shares }: Pick<CountyProfile, 'shares'>): string | null {
  const total = shareParts.map((part) => parseRatio(shares[part])).reduce<Ratio | null>((sum, ratio) => (sum === null || ratio === null ? null : {
    numerator: sum.numerator * ratio.denominator + ratio.numerator * sum.denominator, denominator: sum.denominator * ratio.denominator,
  }), { numerator: 0n, denominator: 1n });
  if (total !== null && total.numerator === total.denominator) return null;
  return `分担比例 ${shareParts.map((part) => `${sharePartNames[part]} ${shares[part]}`).join('、')} 合计不是 1`;
}

/** What differs from the law or the county plan and is for people to judge. */
export function profileRemarks({ shares, monthlyReportDay }: CountyProfile): readonly string[] {
  const central = parseRatio(shares.central);
  return [
    ...(central !== null && central.numerator * 2n === central.denominator ? [] : [`中央分担 ${shares.central} 与国发〔2019〕21号的 0.5 不同`]),
    ...(monthlyReportDay <= 10 ? [] : [`月报截止日 ${String(monthlyReportDay)} 日晚于工作方案二（五）的 10 日`]),
  ];
}

export type ProfileChange = { readonly label: string; readonly from: string; readonly to: string };

/** What changes between two profiles, line by line, as people read it. */
export function profileChanges(from: CountyProfile, to: CountyProfile): readonly ProfileChange[] {
  const [before, after] = [profileLines(from), profileLines(to)];
  const labels = [...new Set([...before.keys(), ...after.keys()])];
  return labels.map((label) => ({ label, from: before.get(label) ?? '无', to: after.get(label) ?? '无' })).filter((line) => line.from !== line.to);
}

function profileLines(profile: CountyProfile): ReadonlyMap<string, string> {
  const policyName = (policy: 'original' | 'new'): string => (policy === 'new' ? '新增政策' : '原政策');
  return new Map([
    ['行政区划代码', profile.code], ['县区名称', profile.name],
    ...shareParts.map((part): [string, string] => [`${sharePartNames[part]}分担比例`, profile.shares[part]]),
    ['尾差计入', sharePartNames[profile.shareRemainderTo]], ['月报截止日', `次月 ${String(profile.monthlyReportDay)} 日`],
    ...profile.subjectCodes.map((row): [string, string] => [`${row.smallMicro ? '小微企业' : '其他企业'}${policyName(row.policy)}科目`, `${row.code} ${row.name}`]),
    ['旧科目', `${profile.subjectCodeBefore.from} 以前 ${profile.subjectCodeBefore.code} ${profile.subjectCodeBefore.name}`],
    ...Object.entries(profile.policyOfRoute).map(([route, policy]): [string, string] => [`条款 ${route}`, policyName(policy)]),
  ]);
}
