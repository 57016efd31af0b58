/** Who wrote the state of a ledger, as the verification says it. */
import { expect, test } from 'vitest';
import { stateOriginText } from '../../../shared/administration/backup-model.ts';

const origin = { version: '0df23b93'.padEnd(64, '0'), program: '0.1.0', headSeq: 0, madeAt: '2026-11-28T13:25:00.413Z', current: true };

test.each([
  ['自建账起', origin, '状态由程序 0.1.0 写成（版本 0df23b93）'],
  ['升级后重建', { ...origin, headSeq: 71 }, '状态由程序 0.1.0 写成（版本 0df23b93，2026-11-28 21:25:00 按前 71 条重建）'],
  ['别的版本写成', { ...origin, headSeq: 71, current: false }, '状态由程序 0.1.0 写成（版本 0df23b93，2026-11-28 21:25:00 按前 71 条重建），与本程序不同，打开时按账本重建'],
  ['时刻被改坏', { ...origin, headSeq: 71, madeAt: '昨天' }, '状态由程序 0.1.0 写成（版本 0df23b93，按前 71 条重建）'],
] as const)('%s', (_when, given, text) => {
  expect(stateOriginText(given)).toBe(text);
});
