import { describe, expect, it, vi } from 'vitest';
import { createHotkeyRegistry, type HotkeyBinding } from '#renderer/ui/hotkey-registry.ts';
import { ariaKeyShortcut, canonicalChord, digitOf, isChord, keyCaps, matchesChord, parseChord, type KeyPress } from '#renderer/ui/keys.ts';

const press = (key: string, extra: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...extra });
const hits = (event: KeyPress, keys: string): boolean => matchesChord(event, parseChord(keys), false);

describe('chords', () => {
  it.each([
    ['ctrl+k', press('k', { ctrlKey: true }), true],
    ['mod+k', press('K', { ctrlKey: true }), true],
    ['mod+k', press('k', { metaKey: true }), false],
    ['mod+k', press('k', { ctrlKey: true, shiftKey: true }), false],
    ['mod+shift+k', press('K', { ctrlKey: true, shiftKey: true }), true],
    ['alt+1', press('&', { code: 'Digit1', altKey: true }), true],
    ['alt+1', press('1', { code: 'Numpad1', altKey: true }), true],
    ['mod+k', press('л', { code: 'KeyK', ctrlKey: true }), true],
    ['mod+k', press('t', { code: 'KeyK', ctrlKey: true }), false],
    ['?', press('?', { shiftKey: true }), true],
    ['space', press(' '), true],
    ['f1', press('F1'), true],
  ])('%s with %o is %s', (keys, event, expected) => {
    expect(hits(event, keys)).toBe(expected);
  });

  it('leaves AltGr characters and input methods alone', () => {
    const altGraph = { ctrlKey: true, altKey: true, getModifierState: (key: string) => key === 'AltGraph' };
    expect(hits(press('@', { code: 'KeyQ', ...altGraph }), 'ctrl+alt+q')).toBe(false);
    expect(hits(press('k', { ctrlKey: true, isComposing: true }), 'mod+k')).toBe(false);
    expect(hits(press('Process', { code: 'KeyK', ctrlKey: true }), 'mod+k')).toBe(false);
  });

  it('refuses what is no chord', () => {
    for (const text of ['', 'ctrl', 'ctrl+', 'hyper+k', 'ctrl+ctrl+k']) expect([text, isChord(text)]).toEqual([text, false]);
  });

  it('spells one chord one way, for people and for readers', () => {
    expect(canonicalChord('Shift+Alt+Mod+K', false)).toBe(canonicalChord('mod+alt+shift+k', false));
    expect(keyCaps('mod+delete', { ctrl: 'Strg', delete: 'Entf' }, false)).toEqual(['Strg', 'Entf']);
    expect(keyCaps('mod+k', {}, true)).toEqual(['⌘', 'K']);
    expect(ariaKeyShortcut('mod+arrowleft', false)).toBe('Control+Arrowleft');
  });

  it('reads digits without modifiers only', () => {
    expect(digitOf(press('3'))).toBe(3);
    expect(digitOf(press('é', { code: 'Digit2' }))).toBe(2);
    expect(digitOf(press('3', { ctrlKey: true }))).toBeUndefined();
    expect(digitOf(press('a', { code: 'KeyA' }))).toBeUndefined();
  });
});

const binding = (id: string, keys: string, run: () => void, extra: Partial<HotkeyBinding> = {}): HotkeyBinding => ({ id, keys, label: id, run, ...extra });

describe('hotkey registry', () => {
  it('lets the topmost layer win and gives the chord back when it leaves', () => {
    const registry = createHotkeyRegistry();
    const [low, high] = [vi.fn<() => void>(), vi.fn<() => void>()];
    registry.add('global', [binding('low', 'mod+k', low)]);
    const leave = registry.add('screen', [binding('high', 'ctrl+k', high)]);
    registry.handle(press('k', { ctrlKey: true }), false);
    leave();
    registry.handle(press('k', { ctrlKey: true }), false);
    expect([low.mock.calls.length, high.mock.calls.length]).toEqual([1, 1]);
  });

  it('keeps lower layers quiet under a dialog', () => {
    const registry = createHotkeyRegistry();
    const end = vi.fn<() => void>();
    registry.add('global', [binding('end', 'alt+e', end)]);
    registry.add('dialog', [], true);
    expect(registry.handle(press('e', { altKey: true }), false)).toBe(false);
    expect(end).not.toHaveBeenCalled();
    expect(registry.list()).toEqual([]);
  });

  it('does not take bare digits out of a note, but Alt and function keys work there', () => {
    const registry = createHotkeyRegistry();
    const run = vi.fn<() => void>();
    registry.add('call', [binding('one', '1', run), binding('hold', 'alt+h', run), binding('help', 'f1', run)]);
    expect(registry.handle(press('1', { code: 'Digit1' }), true)).toBe(false);
    expect(registry.handle(press('1', { code: 'Digit1' }), false)).toBe(true);
    expect(registry.handle(press('h', { altKey: true }), true)).toBe(true);
    expect(registry.handle(press('F1'), true)).toBe(true);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('passes over disabled bindings to the layer below', () => {
    const registry = createHotkeyRegistry();
    const low = vi.fn<() => void>();
    registry.add('global', [binding('low', 'alt+1', low)]);
    registry.add('screen', [binding('high', 'alt+1', vi.fn<() => void>(), { enabled: false })]);
    registry.handle(press('1', { altKey: true }), false);
    expect(low).toHaveBeenCalledOnce();
  });

  it('names chords two bindings of one scope claim, in any spelling', () => {
    const registry = createHotkeyRegistry();
    registry.add('call', [binding('a', 'alt+shift+x', vi.fn<() => void>()), binding('b', 'shift+alt+X', vi.fn<() => void>())]);
    registry.add('other', [binding('c', 'alt+shift+x', vi.fn<() => void>())]);
    expect(registry.conflicts()).toEqual([{ scope: 'call', keys: 'alt+shift+x', ids: ['a', 'b'] }]);
    expect(registry.list().map(({ id }) => id)).toEqual(['c']);
  });

  it('refuses a broken chord when it is added', () => {
    expect(() => createHotkeyRegistry().add('call', [binding('a', 'ctrl+', vi.fn<() => void>())])).toThrow(/not a key chord/);
  });
});
