/** What a person is told of a settings file 参数文件 that does not fit: in Chinese, with the name as it stands in the file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { someSettingsSchema, usualSettings } from '../../../shared/reconciliation/settings.ts';
import { readSettings } from '../../../electron/roster/without-ledger.ts';

test.each([
  ['不认识的参数', '{"foo":1}', '没有“foo”这一项'],
  ['文字写在天数处', '{"waitingDays":"10"}', 'waitingDays：应为数字'],
  ['天数小于零', '{"waitingDays":-1}', 'waitingDays：不能小于 0'],
  ['不是一组参数', '[]', '应为一组内容'],
  ['不是 JSON', '{', '不是 UTF-8 的 JSON'],
])('参数文件不合要求，以中文说明，不带程序库的话：%s', (_what, text, reason) => {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-settings-'));
  try {
    writeFileSync(join(folder, 'S.json'), text);
    let said: unknown = null;
    try { readSettings(join(folder, 'S.json'), someSettingsSchema, usualSettings); } catch (error) { said = error instanceof Refusal ? error.params : error; }
    expect(said).toMatchObject({ file: 'S.json', reason });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
