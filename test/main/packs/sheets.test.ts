import { expect, it } from 'vitest';
import { code128 } from '#main/features/packs/code-128.ts';
import { trustSheet } from '#main/features/packs/index.ts';

/** Widths of all bars and gaps between the quiet ends, as a scanner sees them. */
function widthsOf(svg: string): number[] {
  const bars = [...svg.matchAll(/M(\d+) 0h(\d+)/g)].map(([, x, width]) => [Number(x), Number(width)] as const);
  return bars.flatMap(([x, width], at) => (at === 0 ? [width] : [x - ((bars[at - 1]?.[0] ?? 0) + (bars[at - 1]?.[1] ?? 0)), width]));
}

/** Reads it back: six widths a symbol, each told from all others, the check symbol right. */
function scan(svg: string): string | undefined {
  const widths = widthsOf(svg);
  const symbols: string[] = [];
  for (let at = 0; at + 7 < widths.length; at += 6) symbols.push(widths.slice(at, at + 6).join(''));
  if (widths.slice(-7).join('') !== '2331112' || symbols.some((one) => Array.from(one, Number).reduce((sum, width) => sum + width, 0) !== 11)) return undefined;
  const values = symbols.map((one) => KNOWN.get(one) ?? -1);
  const [start, ...rest] = values;
  const check = rest.pop();
  return start === 104 && check === rest.reduce((sum, value, at) => sum + value * (at + 1), 104) % 103 ? rest.map((value) => String.fromCodePoint(value + 32)).join('') : undefined;
}

/** Widths of signs in a fingerprint, from ISO/IEC 15417, written down apart from the code under test. */
const KNOWN = new Map<string, number>([
  ['211214', 104],
  ...'123122 123221 223211 221132 221231 213212 223112 312131 311222 321122'.split(' ').map((one, at) => [one, 16 + at] as const),
  ...'111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311'.split(' ').map((one, at) => [one, 33 + at] as const),
]);

it('a hand scanner reads the fingerprint from the sheet', () => {
  // Its check symbol (25, a nine) is among those written down here.
  const fingerprint = '7K2M-90XQ-ABCD-EFGH-JKLM';
  const page = trustSheet('Shop & <more>', fingerprint, { title: 'A base', base: 'Base', what: 'What', fingerprint: 'Fingerprint', how: 'How', scan: 'Scan' });
  expect(scan(page)).toBe(fingerprint.replaceAll('-', ''));
  expect(page).toContain('Shop &#38; &#60;more&#62;');
  expect(page).toContain(fingerprint);
});

it('every symbol has its own six widths of eleven modules', () => {
  const symbols = new Set(Array.from({ length: 95 }, (_, value) => widthsOf(code128(String.fromCodePoint(value + 32))).slice(6, 12).join('')));
  expect(symbols.size).toBe(95);
  for (const one of symbols) {
    const widths = Array.from(one, Number);
    expect([widths.length, widths.reduce((sum, width) => sum + width, 0), widths.filter((_, at) => at % 2 === 0).reduce((sum, width) => sum + width, 0) % 2]).toEqual([6, 11, 0]);
  }
  expect(() => code128('ß')).toThrow(/ASCII/);
});
