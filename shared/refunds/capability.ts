/** 退税办理与销号, as every process knows it. */
import { refundsContract } from './contract.ts';
import { refundsErrors } from './errors.ts';
import { refundStateNames } from './cases.ts';
import { clockNames, lineKindNames } from './model.ts';
import type { Term } from '../kernel/capability.ts';

export const names = {
  refunds: { zh: '退税办理与销号', source: '2019年第20号公告；工作方案二（五）' },
};
export const contract = refundsContract;
export const errors = refundsErrors;
export const terms: Readonly<Record<string, Term>> = {
  refund: { zh: '留抵退税', source: '2022年第14号公告' },
  application: { zh: '退（抵）税申请', source: '《退（抵）税申请表》' },
  accept: { zh: '受理', source: '2019年第20号公告第七条' },
  review: { zh: '审核', source: '2019年第20号公告第八条' },
  approve: { zh: '核准', source: '2019年第20号公告第十一条' },
  suspend: { zh: '暂停办理', source: '2019年第20号公告第十二条' },
  terminate: { zh: '终止办理', source: '2019年第20号公告第十四条' },
  voucher: { zh: '税收收入退还书', source: '总局令第31号' },
  batch: { zh: '退库批次', source: '内部用语' },
  crossOff: { zh: '销号', source: '工作方案二（五）' },
  clawBack: { zh: '追回', source: '2022年第14号公告第十二条' },
};
export const labels = { refundState: refundStateNames, lineKind: lineKindNames, clock: clockNames };
