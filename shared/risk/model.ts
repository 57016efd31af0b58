/** Words and shapes of 风险: how a hit is named. Which act leads where is cases.ts. */
import { z } from 'zod';

/** `2022-04/91…/large-amount`: one hit is one indicator of one taxpayer in one filing period. */
export const hitKeySchema = z.string().regex(/^[0-9]{4}-[0-9]{2}\/[0-9A-Z]{15,20}\/[a-z]+(?:-[a-z]+)*$/, '不是疑点编号（申报期/统一社会信用代码/指标）');
