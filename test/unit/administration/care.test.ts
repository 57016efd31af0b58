/** When a backup and a full verification are due: weekly, after a large import, and not for a ledger in which nothing was done. */
import { expect, test } from 'vitest';
import { careDue, type CareFacts } from '../../../electron/administration/care.ts';
import { instantOf } from '../../../shared/kernel/civil-date.ts';

const at = (day: string): CareFacts['now'] => instantOf(Date.parse(`${day}T10:00:00+08:00`));
const quiet: CareFacts = {
  now: at('2022-04-12'), openedAt: at('2022-01-04'), rowsEver: 3000,
  lastBackup: { at: at('2022-04-11'), workSince: true, rowsSince: 0 }, lastVerification: { at: at('2022-04-11'), rowsSince: 0 },
};

test.each<[string, Partial<CareFacts>, { what: string; reason: string }[]]>([
  ['both done yesterday', {}, []],
  ['a new office', { now: at('2022-01-10'), lastBackup: null, lastVerification: null }, []],
  ['a week old office that never did either', { now: at('2022-01-11'), lastBackup: null, lastVerification: null }, [
    { what: 'backup', reason: '账本建立已满 7 天，还没有备份过' }, { what: 'verification', reason: '账本建立已满 7 天，还没有完整校验过' },
  ]],
  ['a new office with a large import', { now: at('2022-01-05'), rowsEver: 10_001, lastBackup: null, lastVerification: null }, [
    { what: 'backup', reason: '一次导入了 10001 行，还没有备份过' }, { what: 'verification', reason: '一次导入了 10001 行，还没有完整校验过' },
  ]],
  ['exactly 10,000 rows are not more than 10,000', { now: at('2022-01-05'), rowsEver: 10_000, lastBackup: null, lastVerification: null }, []],
  ['a week after both', { now: at('2022-04-18') }, [
    { what: 'backup', reason: '上次备份是 2022-04-11，已满 7 天，其后有新的办理' }, { what: 'verification', reason: '上次完整校验是 2022-04-11，已满 7 天' },
  ]],
  ['nothing was done since the backup', { now: at('2022-05-18'), lastBackup: { at: at('2022-04-11'), workSince: false, rowsSince: 0 } }, [{ what: 'verification', reason: '上次完整校验是 2022-04-11，已满 7 天' }]],
  ['a large import since', { lastBackup: { at: at('2022-04-11'), workSince: true, rowsSince: 20_000 }, lastVerification: { at: at('2022-04-11'), rowsSince: 20_000 } }, [
    { what: 'backup', reason: '上次备份（2022-04-11）之后一次导入了 20000 行' }, { what: 'verification', reason: '上次完整校验（2022-04-11）之后一次导入了 20000 行' },
  ]],
])('%s', (_case, given, due) => {
  expect(careDue({ ...quiet, ...given })).toEqual(due);
});
