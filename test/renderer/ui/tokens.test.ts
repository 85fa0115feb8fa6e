import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ui = resolve(import.meta.dirname, '../../../src/renderer/ui');
const css = readFileSync(join(ui, 'theme/tokens.css'), 'utf8');

/** Tokens of each theme block, hex colours only. */
function readThemes(text: string): Map<string, Map<string, string>> {
  const themes = new Map<string, Map<string, string>>();
  for (const [, name = '', body = ''] of text.matchAll(/data-theme='([a-z-]+)'\]\s*\{([^}]*)\}/g)) {
    themes.set(name, new Map([...body.matchAll(/--cs-([a-z0-9-]+):\s*([^;]+);/g)].map(([, token = '', value = '']) => [token, value.trim()])));
  }
  return themes;
}

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const states = ['idle', 'ringing', 'talking', 'on-hold', 'wrap-up', 'danger'];
const grounds = ['canvas', 'surface', 'raised', 'hover'];
type Pair = readonly [front: string, back: string];

/** Text on its ground: 4.5:1, in the high-contrast themes 7:1. */
const textPairs: Pair[] = [
  ...['text', 'text-2', 'text-3', 'accent-text', 'danger-text'].flatMap((front) => grounds.map((back): Pair => [front, back])),
  ...['text', 'text-2'].map((front): Pair => [front, 'sunken']),
  ...['text', 'text-2', 'accent-text'].map((front): Pair => [front, 'accent-soft']),
  ['on-accent', 'accent'], ['on-accent', 'accent-hover'], ['on-mark', 'mark'], ['canvas', 'text'],
  ['rail-text', 'rail'], ['rail-active-text', 'rail'], ['rail-active-text', 'rail-active'],
  ...states.flatMap((state): Pair[] => [[`${state}-text`, `${state}-soft`], ['text', `${state}-soft`]]),
];

/** Parts needed to see or use a control: 3:1. */
const partPairs: Pair[] = [
  ...['line-strong', 'focus', 'accent', ...states].flatMap((front) => ['canvas', 'surface', 'raised'].map((back): Pair => [front, back])),
  ...states.map((state): Pair => [state, `${state}-soft`]),
  ['rail-focus', 'rail'], ['rail-focus', 'rail-active'], ['focus', 'accent-soft'], ['line-strong', 'sunken'], ['on-accent', 'accent'],
];

const themes = readThemes(css);

describe('colour tokens', () => {
  it('has four themes with the same names', () => {
    expect([...themes.keys()]).toEqual(['light', 'dark', 'contrast', 'contrast-light']);
    const names = [...(themes.get('light')?.keys() ?? [])].toSorted();
    expect(names.length).toBeGreaterThan(40);
    for (const [theme, tokens] of themes) expect([theme, [...tokens.keys()].toSorted()]).toEqual([theme, names]);
  });

  it.each([...themes.keys()])('%s: text and parts reach their contrast', (theme) => {
    const tokens = themes.get(theme) ?? new Map<string, string>();
    const textMinimum = theme.startsWith('contrast') ? 7 : 4.5;
    const weak = [...textPairs.map((pair) => ({ pair, minimum: textMinimum })), ...partPairs.map((pair) => ({ pair, minimum: 3 }))].flatMap(({ pair, minimum }) => {
      const [front, back] = [tokens.get(pair[0]), tokens.get(pair[1])];
      if (front === undefined || back === undefined) return [`${pair.join(' on ')}: no such token`];
      const ratio = contrast(front, back);
      return ratio < minimum ? [`${pair.join(' on ')}: ${ratio.toFixed(2)} < ${minimum}`] : [];
    });
    expect(weak).toEqual([]);
  });

  it('checks every colour that a component uses as text', () => {
    const checked = new Set(textPairs.map(([front]) => front));
    const used = new Set<string>();
    for (const file of cssFiles()) {
      for (const [, token = ''] of file.matchAll(/[^-]color:\s*var\(--cs-([a-z0-9-]+)\)/g)) used.add(token);
    }
    const icons = new Set(['talking', 'rail-line', 'raised']);
    expect([...used].filter((token) => !checked.has(token) && !icons.has(token))).toEqual([]);
    expect(used.size).toBeGreaterThan(8);
  });

  it('measures as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 2);
  });

  it('uses no colour outside the tokens', () => {
    const strays = cssFiles().flatMap((file) => [...file.matchAll(/#[0-9a-f]{3,8}\b|rgba?\(/gi)].map((match) => match[0]));
    expect(strays).toEqual([]);
  });

  it('is written for both reading directions', () => {
    const sided = /(?:margin|padding|border)-(?:left|right)\b|(?:^|[\s;{])(?:left|right):|text-align:\s*(?:left|right)|(?:padding|margin):(?:\s+[^\s;]+){4};/g;
    expect(cssFiles().flatMap((file) => [...file.matchAll(sided)].map((match) => match[0].trim()))).toEqual([]);
  });

  it('uses no token that does not exist', () => {
    const known = new Set(themes.get('light')?.keys());
    const scale = readFileSync(join(ui, 'theme/scale.css'), 'utf8');
    for (const [, token = ''] of scale.matchAll(/--cs-([a-z0-9-]+):/g)) known.add(token);
    const unknown = cssFiles().flatMap((file) => [...file.matchAll(/var\(--cs-([a-z0-9-]+)\)/g)].map((match) => match[1] ?? '').filter((token) => !known.has(token)));
    expect(unknown).toEqual([]);
  });
});

/** Every style sheet of ui/ but the tokens themselves. */
function cssFiles(): string[] {
  return readdirSync(ui, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css') && !name.endsWith('tokens.css'))
    .map((name) => readFileSync(join(ui, name), 'utf8'));
}
