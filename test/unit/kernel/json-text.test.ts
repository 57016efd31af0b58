/** E7: a field that stands twice in one object is refused, wherever it is and however it is written. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonText, RepeatedField } from '../../../shared/kernel/json-text.ts';
import { liudi } from '../../support/command-line.ts';

describe('E7 重复的字段', () => {
  test.each([
    ['{"a":1,"a":2}', 'a'], ['{"x":{"b":1,"c":[{}],"b":2}}', 'b'], ['[{"a":1},{"a":1,"\\u0061":2}]', 'a'], ['{"a":"}","b":{"c":1},"a":"{"}', 'a'], ['{"":1,"":2}', ''], ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('%s', (text, field) => {
    expect(() => parseJsonText(text)).toThrow(RepeatedField);
    expect(() => parseJsonText(text)).toThrow(new RegExp(`^${field}$`));
  });

  test.each(['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', '["a","a"]', '{"a":"\\"a\\":1,","b":"a"}', '{"k":"a","a":"k"}', 'null', '"a"', '{}'])('%s 没有重复', (text) => {
    expect(parseJsonText(text)).toEqual(JSON.parse(text));
  });

  test('任何值写成 JSON 都读得回来', () => {
    fc.assert(fc.property(fc.json(), (text) => { expect(parseJsonText(text)).toEqual(JSON.parse(text)); }), { numRuns: 300 });
  });

  test('命令行的参数里写了两次的，是用法不对', () => {
    const { exit, stderr } = liudi(['operation', 'roster.list', '{"period":"2022-04","period":"2022-05"}']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('“period”一项写了两次')]);
  });
});
