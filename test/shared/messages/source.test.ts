import { relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hardCodedText, sourcesBelow } from './visible-text.ts';

const RENDERER = resolve(import.meta.dirname, '../../../src/renderer');

/** Shown in every language as they are: file path from src/renderer, and the text. */
const INTENDED = new Set(['features/telephony/Entrances.tsx: tel:', 'features/telephony/Entrances.tsx: sip:']);

describe('words on the screen', () => {
  it.each(['screens', 'features'])('of src/renderer/%s come from the catalogue', (folder) => {
    const sources = sourcesBelow(resolve(RENDERER, folder));
    expect(sources.length).toBeGreaterThan(20);
    const found = sources.flatMap(({ path, text }) =>
      hardCodedText(path, text)
        .filter((one) => !INTENDED.has(`${relative(RENDERER, path)}: ${one.text}`))
        .map((one) => `${relative(RENDERER, path)}:${one.line} ${one.text}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['words between tags', 'export const A = () => <p>Call ended {when}</p>;'],
    ['a prop', 'export const A = () => <Button label="End call" />;'],
    ['a prop read aloud', 'export const A = () => <nav aria-label="Screens" />;'],
    ['a branch of a prop', 'export const A = () => <Button label={held ? "Resume" : t("call.hold")} />;'],
    ['a branch between tags', 'export const A = () => <p>{held ? "Held" : null}</p>;'],
    ['a template', 'export const A = () => <p title={`Queue ${queue}`} />;'],
    ['a fallback', 'export const A = () => <p title={name ?? "Unknown caller"} />;'],
    ['an option of a list', 'export const options = [{ value: "dark", label: "Dark" }];'],
    ['an announcement', 'export const say = () => announce("Copied");'],
    ['letters beyond ASCII', 'export const A = () => <p>Über</p>;'],
  ])('%s that is not from the catalogue is seen', (_what, source) => {
    expect(hardCodedText('planted.tsx', source)).toHaveLength(1);
  });

  it('sees neither keys, signs, class names nor values', () => {
    const source = 'export const A = () => <p className="wide" title={t("call.end", { who })} data-state="on">{t("a.b")} · {count} ({"–"}) {t(on ? "x.on" : "x.off")}</p>;';
    expect(hardCodedText('planted.tsx', source)).toEqual([]);
  });

  it('names the line', () => {
    expect(hardCodedText('planted.tsx', 'export const A = () => (\n  <Button\n    label="End call"\n  />\n);')).toEqual([{ line: 3, text: 'End call' }]);
  });
});
