// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi, type Mock } from 'vitest';
import { Palette, type PaletteProps } from '#renderer/ui/Palette.tsx';
import { prepareDom, render } from './render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const groups = [
  { id: 'p', label: 'Products', items: [{ id: 'p1', title: 'Router' }, { id: 'p2', title: 'Kettle' }] },
  { id: 's', label: 'Scripts', items: [{ id: 's1', title: 'Refund' }] },
];

function Desk(props: Partial<PaletteProps> & { onPick: PaletteProps['onPick'] }): ReactNode {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<string | null>(null);
  return (
    <>
      <textarea aria-label="note" defaultValue="half a sentence" />
      <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => setOpen(true)}>
        search
      </button>
      <Palette
        groups={groups}
        labels={{ title: 'Search', input: 'Search everything', placeholder: '', results: (count) => `${count} found` }}
        keys={[{ keys: 'enter', label: 'open' }]}
        {...props}
        open={open}
        onClose={() => setOpen(false)}
        query={query}
        onQueryChange={setQuery}
        activeId={active}
        onActiveChange={setActive}
      />
    </>
  );
}

async function opened(props: Partial<PaletteProps> = {}): Promise<{ user: ReturnType<typeof userEvent.setup>; onPick: Mock<PaletteProps['onPick']>; note: HTMLTextAreaElement }> {
  const onPick = vi.fn<PaletteProps['onPick']>();
  const user = userEvent.setup();
  render(<Desk {...props} onPick={onPick} />);
  const note = screen.getByLabelText<HTMLTextAreaElement>('note');
  act(() => {
    note.focus();
    note.setSelectionRange(4, 6);
  });
  await user.click(screen.getByText('search'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox')));
  return { user, onPick, note };
}

describe('Palette', () => {
  it('keeps focus in the input while the active option moves, and picks with Enter', async () => {
    const { user, onPick } = await opened();
    const input = screen.getByRole('combobox', { name: 'Search everything' });
    const activeText = (): string => document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
    expect(activeText()).toContain('Router');
    await user.keyboard('ket{ArrowDown}');
    expect(document.activeElement).toBe(input);
    expect(activeText()).toContain('Kettle');
    await user.keyboard('{Enter}{Control>}{Enter}{/Control}');
    expect(onPick.mock.calls.map(([item, how]) => [item.id, how])).toEqual([['p2', { alternate: false }], ['p2', { alternate: true }]]);
    expect(input.getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id);
    expect(screen.getByRole('option', { selected: true }).getAttribute('aria-posinset')).toBe('2');
    expect(screen.getAllByRole('option').map((option) => option.getAttribute('aria-setsize'))).toEqual(['3', '3', '3']);
  });

  it.each([
    ['an error', { error: 'The index is being rebuilt.', groups: [] }],
    ['loading', { loading: true, groups: [] }],
    ['nothing found', { empty: 'Nothing found', groups: [] }],
    ['a key handler that takes nothing', { onKey: () => false }],
  ])('closes with Escape in case of %s and gives the note its caret back', async (_, props) => {
    const { user, note, onPick } = await opened(props);
    await user.keyboard('abc');
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('abc');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(note));
    expect([note.selectionStart, note.selectionEnd, note.value]).toEqual([4, 6, 'half a sentence']);
    expect(onPick).not.toHaveBeenCalled();
  });

  it('gives keys to the caller first', async () => {
    const onKey = vi.fn<NonNullable<PaletteProps['onKey']>>((event) => event.key === 'Enter');
    const { user, onPick } = await opened({ onKey });
    await user.keyboard('{Enter}');
    expect(onPick).not.toHaveBeenCalled();
    expect(onKey).toHaveBeenCalled();
  });
});
