// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { ClockFace } from '#renderer/ui/ClockFace.tsx';
import { FieldChip } from '#renderer/ui/FieldChip.tsx';
import { Markdown } from '#renderer/ui/Markdown.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { SavedIndicator, type SaveState } from '#renderer/ui/SavedIndicator.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { Trail } from '#renderer/ui/Trail.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import { prepareDom, render } from './render.tsx';

beforeAll(prepareDom);
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('NumberedChoices', () => {
  const choices = ['Yes', 'No', 'Maybe'].map((label, index) => ({ id: label, label, disabled: index === 1 }));

  it('is one tab stop, moves by arrows, picks by digit and Enter, and refuses the disabled one', async () => {
    const onPick = vi.fn<(id: string, index: number) => void>();
    const user = userEvent.setup();
    render(
      <>
        <NumberedChoices label="Answer" choices={choices} onPick={onPick} />
        <button type="button">after</button>
      </>,
    );
    await user.tab();
    expect(document.activeElement?.textContent).toContain('Yes');
    await user.keyboard('3');
    await user.keyboard('2');
    await user.keyboard('9');
    await user.keyboard('{ArrowUp}{Enter}');
    expect(onPick.mock.calls).toEqual([['Maybe', 2], ['Maybe', 2]]);
    await user.tab();
    expect(document.activeElement?.textContent).toBe('after');
  });
});

function Note({ onOne }: { onOne: () => void }): ReactNode {
  const [count, setCount] = useState(0);
  useHotkeys(
    [
      { id: 'one', keys: '1', label: 'one', run: onOne },
      { id: 'count', keys: 'alt+c', label: 'count', run: () => setCount(count + 1) },
    ],
    { scope: 'test' },
  );
  return (
    <>
      <textarea aria-label="note" />
      <output>{count}</output>
    </>
  );
}

describe('useHotkeys', () => {
  it('leaves digits to the note and always calls the latest closure', async () => {
    const onOne = vi.fn<() => void>();
    const user = userEvent.setup();
    render(<Note onOne={onOne} />);
    await user.click(screen.getByLabelText('note'));
    await user.keyboard('1{Alt>}c{/Alt}{Alt>}c{/Alt}');
    expect(onOne).not.toHaveBeenCalled();
    expect(screen.getByLabelText<HTMLTextAreaElement>('note').value).toBe('1');
    expect(screen.getByText('2')).toBeTruthy();
    act(() => screen.getByLabelText('note').blur());
    await user.keyboard('1');
    expect(onOne).toHaveBeenCalledOnce();
  });
});

describe('Button', () => {
  it('ignores clicks while busy and keeps focus', async () => {
    const onClick = vi.fn<() => void>();
    const user = userEvent.setup();
    render(
      <Button busy hotkey="mod+enter" onClick={onClick}>
        Save
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Save' });
    await user.click(button);
    expect(onClick).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-keyshortcuts')).toBe('Control+Enter');
  });
});

describe('Card', () => {
  it('keeps the footer that sticks out of the box of its title, so that it never lies over it', () => {
    render(<Card title="Standing desk" footer={<button type="button">Compare</button>}>69.00</Card>);
    const footer = screen.getByRole('button', { name: 'Compare' }).closest('footer');
    expect(footer?.parentElement?.textContent).toContain('69.00');
    expect(footer?.parentElement?.contains(screen.getByRole('heading', { name: 'Standing desk' }))).toBe(false);
  });
});

describe('ClockFace', () => {
  it('ticks on the second of its own start and freezes at its end', () => {
    vi.useFakeTimers({ now: 10_400 });
    const view = render(<ClockFace startedAt={10_000} label="Talking for" />);
    expect(screen.getByRole('timer').textContent).toBe('00:00');
    void act(() => vi.advanceTimersByTime(605));
    expect(screen.getByRole('timer').textContent).toBe('00:01');
    void act(() => vi.advanceTimersByTime(120_000));
    expect(screen.getByRole('timer').textContent).toBe('02:01');
    view.rerender(<ClockFace startedAt={10_000} endedAt={15_000} label="Talking for" />);
    void act(() => vi.advanceTimersByTime(60_000));
    expect(screen.getByRole('timer', { name: 'Talking for 00:05' })).toBeTruthy();
    expect(screen.getByRole('timer').getAttribute('aria-live')).toBe('off');
  });
});

describe('SavedIndicator', () => {
  const labels = { saving: 'Saving', saved: (time: string) => `Saved ${time}`, unsaved: 'Not saved' };
  const view = (state: SaveState): ReactNode => <SavedIndicator state={state} labels={labels} formatTime={String} />;

  it('announces trouble once and "saved" never', () => {
    vi.useFakeTimers();
    const { rerender } = render(<>{view({ kind: 'saved', at: 5 })}</>);
    void act(() => vi.advanceTimersByTime(200));
    expect(screen.getByRole('alert').textContent).toBe('');
    rerender(<>{view({ kind: 'unsaved' })}</>);
    void act(() => vi.advanceTimersByTime(200));
    expect(screen.getByRole('alert').textContent).toBe('Not saved');
  });
});

describe('Markdown', () => {
  it('drops raw HTML, images and unsafe links, and never navigates', async () => {
    const onLink = vi.fn<(href: string) => void>();
    const text = '# T\n\n<script>alert(1)</script><b onclick="x()">raw</b>\n\n![i](https://x.test/a.png) [ok](https://x.test/a) [bad](javascript:alert(1)) [file](file:///etc/passwd)';
    const { container } = render(<Markdown text={text} onLink={onLink} />);
    expect(container.querySelector('script, img, b, [onclick]')).toBeNull();
    expect([...container.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual(['https://x.test/a']);
    expect(fireEvent.click(screen.getByText('ok'))).toBe(false);
    expect(onLink).toHaveBeenCalledWith('https://x.test/a');
    expect(container.querySelector('h3')?.textContent).toBe('T');
  });

  it('draws tables, and pictures of the pack alone', () => {
    const text = '| a | b |\n| - | - |\n| 1 | 2 |\n\n![Map](image:map-1) ![Gone](image:gone) ![Far](https://x.test/a.png) ![Own](data:image/png;base64,AAAA)';
    const { container } = render(<Markdown text={text} onLink={() => undefined} image={(id) => (id === 'map-1' ? 'data:image/png;base64,iVBO' : undefined)} />);
    expect(container.querySelectorAll('td')).toHaveLength(2);
    expect([...container.querySelectorAll('img')].map((image) => [image.getAttribute('src'), image.alt])).toEqual([['data:image/png;base64,iVBO', 'Map']]);
    expect(container.textContent).toContain('Gone');
    expect(container.textContent).toContain('Far');
  });
});

describe('FieldChip', () => {
  const labels = { edit: (label: string) => `Edit ${label}`, empty: 'not given' };

  it('keeps on Enter, forgets on Escape, and gives focus back', async () => {
    const onValueChange = vi.fn<(value: string) => void>();
    const user = userEvent.setup();
    render(<FieldChip label="Order" value="AB-1" onValueChange={onValueChange} labels={labels} />);
    await user.click(screen.getByRole('button', { name: 'Edit Order: AB-1' }));
    await user.keyboard('AB-2{Escape}');
    expect(onValueChange).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /Edit Order/ }));
    await user.keyboard('{Enter}AB-3 {Enter}');
    expect(onValueChange.mock.calls).toEqual([['AB-3']]);
  });
});

describe('Table', () => {
  it('walks rows by arrows and opens with Enter, inside one tab stop', async () => {
    const onOpen = vi.fn<(row: string) => void>();
    const user = userEvent.setup();
    render(<Table label="Calls" rows={['a', 'b', 'c']} rowId={String} onOpen={onOpen} columns={[{ id: 'n', header: 'Name', cell: String }]} />);
    await user.tab();
    await user.keyboard('{ArrowDown}{Enter}{End}{ArrowDown}{Enter}');
    expect(onOpen.mock.calls.map(([row]) => row)).toEqual(['b', 'c']);
  });
});

describe('Trail', () => {
  it('hides early steps behind a count and marks the current one', async () => {
    const onJump = vi.fn<(id: string, index: number) => void>();
    const user = userEvent.setup();
    const steps = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, label: `Step ${id}`, skipped: id === 'd' }));
    render(<Trail label="Walked" steps={steps} keep={2} onJump={onJump} labels={{ earlier: (count) => `${count} earlier`, skipped: 'skipped' }} />);
    const list = within(screen.getByRole('navigation', { name: 'Walked' }));
    expect(list.getByText('Step e').getAttribute('aria-current')).toBe('step');
    await user.click(list.getByRole('button', { name: '2 earlier' }));
    await user.click(list.getByRole('button', { name: 'Step d, skipped' }));
    expect(onJump.mock.calls).toEqual([['b', 1], ['d', 3]]);
  });
});

function Shower(): ReactNode {
  const toast = useToast();
  return (
    <>
      <button type="button" onClick={() => toast({ tone: 'ok', title: 'Copied' })}>
        copy
      </button>
      <button type="button" onClick={() => toast({ tone: 'error', title: 'Refused' })}>
        fail
      </button>
    </>
  );
}

describe('Toasts', () => {
  it('leave by themselves, but not errors, and not while pointed at; never more than three', () => {
    vi.useFakeTimers();
    render(<Shower />);
    fireEvent.click(screen.getByText('fail'));
    fireEvent.click(screen.getByText('copy'));
    fireEvent.mouseEnter(screen.getByRole('region', { name: 'Messages' }));
    void act(() => vi.advanceTimersByTime(20_000));
    expect(screen.queryByText('Copied')).not.toBeNull();
    fireEvent.mouseLeave(screen.getByRole('region', { name: 'Messages' }));
    void act(() => vi.advanceTimersByTime(6_500));
    expect(screen.queryByText('Copied')).toBeNull();
    expect(screen.queryByText('Refused')).not.toBeNull();
    for (let count = 0; count < 5; count += 1) fireEvent.click(screen.getByText('copy'));
    expect(screen.getAllByText('Copied')).toHaveLength(3);
  });
});
