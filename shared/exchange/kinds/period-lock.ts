/** PERIOD_LOCK 期间锁定: one signature of an office over the document of a month, to lock it or to unlock it. */
import { agencies } from '../../kernel/office.ts';
import { signatureFields } from '../../reconciliation/month-lock.ts';
import { defineKind, section } from '../section.ts';

export const periodLock = defineKind({
  title: '期间锁定',
  from: agencies,
  to: agencies,
  sections: {
    signature: section('签字', signatureFields, { one: true }, (row) => row
      .refine(({ purpose, round }) => (purpose === 'lock') === (round % 2 === 0), { path: ['round'], message: '与用途不符' })
      .refine(({ purpose, reason }) => purpose === 'lock' || reason !== null, { path: ['reason'], message: '解锁须写明原因' })),
  },
});
