/**
 * Industries of the synthetic county: real codes of GB/T 4754-2017 over all sections, weighted as in a county with some manufacturing,
 * with the words that such businesses bear in their names.
 * @source GB/T 4754-2017 (codes and names of the four-digit classes)
 */

export type CountyIndustry = {
  /** Letter and four digits. */
  readonly code: string;
  /** Word in a business name, e.g. 锅炉设备. */
  readonly trade: string;
  /** How often it occurs. */
  readonly weight: number;
  /** Usual VAT rate in thousandths. */
  readonly rate: 130 | 90 | 60;
  /** Whether individual businesses 个体工商户 are common in it. */
  readonly individuals: boolean;
};

function industries(rate: CountyIndustry['rate'], individuals: boolean, ...rows: readonly (readonly [code: string, trade: string, weight: number])[]): CountyIndustry[] {
  return rows.map(([code, trade, weight]) => ({ code, trade, weight, rate, individuals }));
}

export const countyIndustries: readonly CountyIndustry[] = [
  ...industries(90, true,
    ['A0113', '玉米种植', 3], ['A0141', '蔬菜种植', 6], ['A0313', '生猪养殖', 6], ['A0321', '蛋鸡养殖', 4], ['A0514', '农产品', 4]),
  ...industries(130, false,
    ['B0610', '煤业', 2], ['B0810', '铁矿', 6], ['B0921', '黄金矿业', 2], ['B1011', '石料', 5]),
  ...industries(130, false,
    ['C1311', '米业', 6], ['C1351', '肉类加工', 5], ['C1371', '蔬菜加工', 6], ['C1819', '服装', 8], ['C2110', '家具', 8], ['C2319', '包装印刷', 6],
    ['C2641', '涂料', 5], ['C2720', '制药', 4], ['C2922', '塑料管材', 8], ['C3011', '水泥', 4], ['C3021', '混凝土', 9], ['C3120', '钢铁', 3],
    ['C3130', '轧钢', 5], ['C3311', '钢结构', 10], ['C3391', '铸造', 10], ['C3411', '锅炉设备', 7], ['C3441', '泵业', 7], ['C3484', '机械零部件', 14],
    ['C3670', '汽车配件', 12], ['C3831', '电缆', 6]),
  ...industries(130, false,
    ['D4415', '风力发电', 5], ['D4416', '光伏发电', 8], ['D4430', '热力', 4], ['D4511', '燃气', 3], ['D4610', '供水', 3]),
  ...industries(90, false,
    ['E4710', '建筑工程', 14], ['E4812', '公路工程', 6], ['E4910', '电气安装', 6], ['E5011', '装饰工程', 8]),
  ...industries(130, true,
    ['F5111', '粮贸', 8], ['F5164', '钢材贸易', 10], ['F5165', '建材', 14], ['F5211', '百货', 10], ['F5212', '超市', 8], ['F5251', '大药房', 8], ['F5261', '汽车销售', 6],
    ['F5265', '加油站', 5], ['F5272', '家电', 6]),
  ...industries(90, true,
    ['G5320', '铁路货运', 1], ['G5421', '客运', 3], ['G5431', '物流', 16], ['G5920', '仓储', 5], ['G5951', '粮食仓储', 3], ['G6010', '邮政', 1], ['G6020', '快递', 4]),
  ...industries(60, true, ['H6110', '宾馆', 5], ['H6121', '连锁酒店', 3], ['H6210', '餐饮', 8], ['H6220', '快餐', 3]),
  ...industries(60, false,
    ['I6311', '通信', 2], ['I6410', '网络', 3], ['I6513', '软件', 8], ['I6531', '信息系统', 6], ['I6540', '信息技术服务', 4]),
  ...industries(60, false, ['J6621', '村镇银行', 1], ['J6633', '典当', 1], ['J6635', '小额贷款', 2], ['J6820', '财产保险', 1], ['J6911', '信托', 1]),
  ...industries(90, false, ['K7010', '房地产开发', 6], ['K7040', '商业地产', 2]),
  ...industries(60, false, ['K7020', '物业', 5]),
  ...industries(130, false, ['L7111', '汽车租赁', 3], ['L7113', '设备租赁', 5]),
  ...industries(60, false, ['L7243', '企业咨询', 4], ['L7259', '广告', 5], ['L7263', '劳务', 4], ['L7291', '旅行社', 3]),
  ...industries(60, false, ['M7320', '工程技术研究', 4], ['M7452', '检测', 5], ['M7484', '工程设计', 5], ['M7511', '农业技术', 4]),
  ...industries(60, false, ['N7620', '水利管理', 1], ['N7721', '水处理', 5], ['N7723', '固废处理', 4], ['N7810', '市政', 3], ['N7840', '园林绿化', 5]),
  ...industries(60, true, ['O8010', '家政', 3], ['O8040', '美容美发', 4], ['O8111', '汽车修理', 6]),
  ...industries(60, false, ['P8310', '幼儿园', 2], ['P8391', '职业培训', 3], ['Q8415', '专科医院', 3], ['Q8514', '养老服务', 3]),
  ...industries(60, true, ['R8810', '文化演艺', 2], ['R8930', '健身', 3], ['R9011', '歌舞娱乐', 2], ['R9030', '休闲观光', 3]),
  ...industries(60, false, ['S9522', '行业服务', 1]),
];

/** The industry of a code. */
export function countyIndustry(code: string): CountyIndustry {
  const found = countyIndustries.find((industry) => industry.code === code);
  if (found === undefined) throw new Error(`no such industry in the county: ${code}`);
  return found;
}
