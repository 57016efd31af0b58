/** Values in papers are text and never markup; the shipped fonts follow the characters of a page. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { escapedText, html, markupText } from '../../../electron/reports/markup.ts';
import { percentOf, roundedPercent } from '../../../shared/kernel/ratio.ts';
import { withPaperFonts } from '../../../electron/platform/paper-fonts.ts';
import { citationName } from '../../../shared/reports/citations.ts';

/** Text of all elements. @throws Error when the markup is not well-formed */
function textOf(markup: string): string {
  const parser = new SaxesParser();
  let text = '';
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.write(markup).close();
  return text;
}

describe('escaping', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['甲"乙\'丙&丁', '甲&quot;乙&#39;丙&amp;丁'],
    ['&lt;', '&amp;lt;'],
    ['a\u0000b', 'a\ufffdb'],
  ])('the name %j stands as text', (given, expected) => {
    expect(escapedText(given)).toBe(expected);
    expect(markupText(html`<td title="${given}">${given}</td>`)).toBe(`<td title="${expected}">${expected}</td>`);
  });

  test('any text of people comes back out of the page as it went in', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const kept = name.replace(/\r\n?/g, '\n');
      // eslint-disable-next-line no-control-regex -- characters that no XML can hold become U+FFFD
      const expected = kept.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '\ufffd');
      expect(textOf(markupText(html`<p>${name}</p>`))).toBe(expected);
    }));
  });

  test('finished markup goes in as it is, lists are joined, nothing gives nothing', () => {
    expect(markupText(html`<ul>${['甲', '<乙>'].map((name) => html`<li>${name}</li>`)}${null}${[]}</ul>`)).toBe('<ul><li>甲</li><li>&lt;乙&gt;</li></ul>');
  });

  test('an object that only looks like markup is no markup', () => {
    const forged = JSON.parse('{"markup":"<b>x</b>"}') as string;
    expect(() => html`<p>${forged}</p>`).toThrow();
  });

  test.each([
    ['a style', () => html`<style>${'p{}'}</style>`],
    ['a script', () => html`<script>${'1'}</script>`],
    ['an address', () => html`<a href="${'javascript:1'}">x</a>`],
    ['an event', () => html`<p onclick="${'1'}">x</p>`],
    ['a style attribute', () => html`<p style="${'color:red'}">x</p>`],
    ['the name of a tag', () => html`<${'p'}>x</p>`],
    ['an unquoted attribute', () => html`<p class=${'x'}>x</p>`],
  ])('a value may not stand in %s', (_place, make) => {
    expect(make).toThrow('a value stands in text');
  });
});

test.each([['1', '100%'], ['0.6', '60%'], ['0.3', '30%'], ['0.0005', '0.05%'], ['0.125', '12.5%'], ['0', '0%']])('the rate %s is printed as %s', (rate, expected) => {
  expect(percentOf(rate)).toBe(expected);
});

test.each([['0.9940002102', '99.40%'], ['1', '100%'], ['0.6', '60%'], ['0.999999', '100.00%'], ['0.00004', '0.00%'], ['0.995', '99.50%']])('the ratio %s is shown as %s', (ratio, expected) => {
  expect(roundedPercent(ratio)).toBe(expected);
});

test.each([
  ['2022-14/3(1)', '2022年第14号公告第三条第（一）项'],
  ['2022-14/11', '2022年第14号公告第十一条'],
  ['sta-2019-20/12', '税务总局公告2019年第20号第十二条'],
  ['2011-300/2', '工信部联企业〔2011〕300号第二条'],
  ['2025-07/ratio', '2025年第7号公告'],
  ['2019-84', '2019年第84号公告'],
  ['no-such', 'no-such'],
  ['reading/status', '本程序的读法'],
])('the citation %s is printed as %s', (cite, expected) => {
  expect(citationName(cite)).toBe(expected);
});

describe('fonts of paper', () => {
  const page = (body: string): string => `<html><head></head><body><main>${body}</main></body></html>`;

  test('only the slices that the characters need come along, bold ones for headings alone', () => {
    const plain = withPaperFonts(page('<p>退</p>'));
    expect(plain.shipped).toBe(true);
    const faces = (html: string): number => html.split('@font-face').length - 1;
    expect(faces(plain.html)).toBeGreaterThan(0);
    expect(faces(plain.html)).toBeLessThan(8);
    expect(plain.html).not.toContain('font-weight:600');
    expect(withPaperFonts(page('<h1>退</h1>')).html).toContain('font-weight:600');
  });

  test('E6 rare characters of the standard table and of names are printed in the same design, for themselves alone', () => {
    const { html: made, without } = withPaperFonts(page('<p>䶮㛃𬭎㐂堃喆</p><h1>䶮</h1>'));
    expect(without).toEqual([]);
    const ranges = [...made.matchAll(/font-weight:(\d+);[^}]*?unicode-range:(U\+[0-9a-f,U+]+)\}/g)].map(([, weight, range]) => `${weight ?? ''} ${range ?? ''}`);
    expect(ranges.filter((one) => one.startsWith('600')).join()).toContain('U+4dae');
    for (const point of ['4dae', '36c3', '2cb4e', '3402']) expect(ranges.filter((one) => one.startsWith('400')).join()).toContain(`U+${point}`);
    expect(made).not.toContain('手工补写');
  });

  test('without the package of rare characters they are named on the page', () => {
    expect(withPaperFonts(page('<p>䶮</p>'), undefined, null)).toMatchObject({ without: ['䶮'], html: expect.stringContaining('䶮（U+4DAE）') as string });
  });

  test('a character without a slice is named by its code point on the page', () => {
    const { html: made, without } = withPaperFonts(page('<p>𠮷祥</p>'));
    expect(without).toEqual(['𠮷']);
    expect(made).toContain('𠮷（U+20BB7）');
    // The sentence is printed in the paper's own font, whatever else the page says.
    const spans = [...made.matchAll(/font-weight:400;[^}]*?unicode-range:([^}]+)\}/g)].flatMap(([, range = '']) => range.split(',').map((part) => part.trim().slice(2).split('-').map((hex) => Number.parseInt(hex, 16))));
    const held = (sign: string): boolean => spans.some(([from = 0, to = from]) => from <= (sign.codePointAt(0) ?? 0) && (sign.codePointAt(0) ?? 0) <= to);
    expect(Array.from('随程序的字体没有收入下列字，请按名册手工补写').filter((sign) => !held(sign))).toEqual([]);
  });

  test('without the font package the page stays as it is and says so', () => {
    expect(withPaperFonts(page('<p>退</p>'), null)).toEqual({ html: page('<p>退</p>'), shipped: false, without: [] });
  });
});
