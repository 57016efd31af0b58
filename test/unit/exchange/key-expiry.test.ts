/** C3: keys are spoken of 60, 30 and 7 days before their last day, each time more urgently. */
import { expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { keyExpiryOf, keyExpirySentence } from '../../../electron/exchange/key-expiry.ts';

test.each([
  ['61 days before', '2023-04-05', null],
  ['60 days before', '2023-04-06', /还有 60 天，请安排更换/],
  ['31 days before', '2023-05-05', /还有 31 天，请安排更换/],
  ['30 days before', '2023-05-06', /还有 30 天，请尽快更换/],
  ['8 days before', '2023-05-28', /还有 8 天，请尽快更换/],
  ['7 days before', '2023-05-29', /还有 7 天，请立即更换/],
  ['on the last day', '2023-06-05', /还有 0 天，请立即更换/],
  ['the day after', '2023-06-06', /已于 2023-06-05 到期，不能签发；请由安全管理员更换密钥/],
] as const)('C3 %s', (_name, today, says) => {
  const expiresOn = civilDate('2023-06-05');
  const expiry = keyExpiryOf(expiresOn, civilDate(today));
  if (says === null || expiry === null) expect([expiry, says]).toEqual([null, null]);
  else {
    expect(keyExpirySentence('本单位', expiresOn, expiry)).toMatch(says);
    expect(keyExpirySentence('财政局', expiresOn, expiry)).toMatch(/^财政局的签名密钥.*(提醒其更换|请其更换)/);
  }
});
