// @vitest-environment jsdom
import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AnnouncementReach, createDesksStore, DeskTable } from '#renderer/features/desks/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import type { Desks, DeskView } from '#shared/ipc/delivery.ts';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(() => {
  prepareDom();
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, value: 400 });
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, value: 600 });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const NOW = Date.now();
const DAY = 86_400_000;
const desk = (at: number, patch: Partial<DeskView> = {}): DeskView => ({ desk: `desk-${String(at).padStart(12, '0')}`, seenAt: NOW - 1_000, app: '1.0', releases: [{ source: 'shop', release: 9 }], acknowledged: 0, flags: 0, own: false, shared: false, ...patch });
const bases: Desks['bases'] = [{ source: 'shop', title: 'Shop', newest: 9, published: [{ release: 9, at: NOW - 3 * DAY }, { release: 8, at: NOW - 9 * DAY }] }];
const stateOf = (desks: DeskView[], more: Partial<Desks> = {}) => ({ kind: 'ready' as const, readAt: NOW, desks, bases, unreadable: 0, ...more });
const names = (): string[] => screen.getAllByRole('rowheader').map((cell) => cell.textContent ?? '');

describe('desks as a table', () => {
  it('says in words how far behind, puts the worst first, and draws only what is in sight of a thousand', async () => {
    const desks = Array.from({ length: 1_000 }, (_, at) => desk(at, at === 700 ? { releases: [{ source: 'shop', release: 7 }], seenAt: NOW - 5 * DAY } : at === 300 ? { releases: [{ source: 'shop', release: 8 }] } : {}));
    render(<DeskTable state={stateOf(desks)} about={false} />);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(names().slice(0, 2)).toEqual(['desk-000000000700', 'desk-000000000300']);
    const worst = screen.getAllByRole('row')[1] as HTMLElement;
    expect(within(worst).getByText('2 releases behind, the next came 9 days ago')).toBeDefined();
    expect(within(worst).getByText('5 days ago')).toBeDefined();
    expect(screen.getByText(/1,000 of 1,000 desks shown · 999 there now · 2 behind/)).toBeDefined();
  });

  it('is sorted by its headers, filtered, and walked by arrows in one stop of Tab', async () => {
    const user = userEvent.setup();
    render(<DeskTable state={stateOf([desk(1), desk(2, { app: '0.9', flags: 2, seenAt: NOW - DAY }), desk(3, { own: true, shared: true })])} about={false} />);
    await user.click(screen.getByRole('button', { name: 'Desk' }));
    expect(screen.getByRole('columnheader', { name: 'Desk' }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(screen.getByRole('button', { name: 'Desk' }));
    expect(names()[0]).toContain('desk-000000000003');
    screen.getAllByRole('rowheader')[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect(document.activeElement?.textContent).toBe('1 day ago');
    await user.keyboard('{Control>}{End}{/Control}');
    expect((document.activeElement as HTMLElement).dataset['cell']).toBe('2:6');
    await user.type(screen.getByRole('searchbox', { name: 'Find a desk or a version' }), '0.9');
    expect(names()).toEqual(['desk-000000000002']);
  });

  it('tells which desk was copied to a second machine', () => {
    render(<DeskTable state={stateOf([desk(3, { own: true, shared: true })])} about={false} />);
    expect(names()[0]).toBe('desk-000000000003this oneused by two machines');
  });
});

describe('where an urgent announcement has got to', () => {
  it('counts up as desks report, and is read out at a calm pace', async () => {
    vi.useFakeTimers();
    let have = 1;
    const hints = new Map<string, () => void>();
    const client = {
      call: () => Promise.resolve({ desks: Array.from({ length: 52 }, (_, at) => desk(at, { releases: [{ source: 'shop', release: at < have ? 9 : 8 }], ...(at < have / 2 ? { acknowledgedAt: 5 } : {}) })), bases, unreadable: 0, asked: { source: 'shop', release: 9 } } satisfies Desks),
      on: (name: string, listener: () => void) => {
        hints.set(name, listener);
        return () => hints.delete(name);
      },
    } as unknown as Client;
    render(<AnnouncementReach client={client} about={{ id: 'news', digest: 'd', release: 9 }} acknowledge aimed={false} />);
    await act(() => vi.advanceTimersByTimeAsync(200));
    const bar = screen.getByRole('progressbar', { name: 'Have it' });
    expect(bar.getAttribute('aria-valuetext')).toBe('1 of 52 desks');
    const said: string[] = [];
    const region = document.querySelector('output[aria-live="polite"]') as HTMLElement;
    for (let second = 0; second < 36; second += 1) {
      have += 1;
      hints.get('desks.changed')?.();
      await act(() => vi.advanceTimersByTimeAsync(1_000));
      const text = region.textContent ?? '';
      if (said.at(-1) !== text) said.push(text);
    }
    expect(bar.getAttribute('aria-valuetext')).toBe('37 of 52 desks');
    expect(said.length).toBeLessThanOrEqual(5);
    expect(said.at(-1)).toMatch(/of 52 desks have it\. \d+ of 52 desks have acknowledged it\./);
    have = 104;
    hints.get('desks.changed')?.();
    await act(() => vi.advanceTimersByTimeAsync(1_500));
    expect(region.textContent).toBe('52 of 52 desks have it. 52 of 52 desks have acknowledged it.');
  });

  it('stops asking when nobody looks', async () => {
    vi.useFakeTimers();
    const call = vi.fn<() => Promise<Desks>>(() => Promise.resolve({ desks: [], bases, unreadable: 0 }));
    const store = createDesksStore({ call, on: () => () => undefined } as unknown as Client);
    const end = store.actions.watch();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(call).toHaveBeenCalledTimes(2);
    end();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(call).toHaveBeenCalledTimes(2);
  });
});
