/**
 * A county's code 行政区划代码: province, prefecture and county must each be one that the standard can hold. It does not know every county; whether its
 * parameters are shipped is another question, and is answered with its name.
 * @source GB/T 2260; shared reviews faults.md E4
 */

const provinces: Readonly<Record<string, string>> = {
  11: '北京市', 12: '天津市', 13: '河北省', 14: '山西省', 15: '内蒙古自治区', 21: '辽宁省', 22: '吉林省', 23: '黑龙江省', 31: '上海市', 32: '江苏省', 33: '浙江省', 34: '安徽省', 35: '福建省',
  36: '江西省', 37: '山东省', 41: '河南省', 42: '湖北省', 43: '湖南省', 44: '广东省', 45: '广西壮族自治区', 46: '海南省', 50: '重庆市', 51: '四川省', 52: '贵州省', 53: '云南省',
  54: '西藏自治区', 61: '陕西省', 62: '甘肃省', 63: '青海省', 64: '宁夏回族自治区', 65: '新疆维吾尔自治区',
};

/** Why it is no code of a county, as the middle of a sentence; null when it may be one. */
export function countyCodeFault(code: string): string | null {
  if (!/^[0-9]{6}$/.test(code)) return '须为六位数字';
  if (provinceOf(code) === null) return `前两位 ${code.slice(0, 2)} 不是省级代码`;
  if (code.slice(2, 4) === '00') return '是省级代码，不是县级';
  return code.endsWith('00') ? '是市级代码，不是县级' : null;
}

/** `辽宁省`, or null. */
export function provinceOf(code: string): string | null {
  return provinces[code.slice(0, 2)] ?? null;
}
