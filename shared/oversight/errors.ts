/** Refusals of 监督检查. A refusal writes nothing. */
import { defineErrors } from '../kernel/errors.ts';

export const oversightErrors = defineErrors({
  POPULATION_FAULTY: { says: '抽样名单“{file}”有 {count} 处不符合要求（{first}），未抽样，未写出文件', next: '请改正各行后重新抽样' },
  COLUMN_MISSING: { says: '抽样名单“{file}”缺少列“{column}”，未抽样，未写出文件', next: '请补上该列，或核对列名' },
  STRATA_NOT_NAMED: { says: '名单中有未给出户数的层：{names}，未抽样，未写出文件', next: '请给出每一层的户数（可以为 0），或按比例分配' },
  SAMPLE_NOT_WRITTEN: { says: '抽样结果“{file}”没有写出（{reason}），未留下文件', next: '请换一个可写的位置后重新抽样' },
});

/** What a row of the population can have. */
export const populationFindings = defineErrors({
  POPULATION_CODE_BLANK: { says: '识别号为空', next: '请补填' },
  POPULATION_CODE_REPEATED: { says: '与第 {row} 行是同一识别号', next: '一户只留一行' },
});
