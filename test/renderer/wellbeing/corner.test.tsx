// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '#renderer/ipc/client.ts';
import { createBreaksStore, WellbeingCorner, BreakStatus } from '#renderer/features/wellbeing/index.ts';
import { playSoft } from '#renderer/features/wellbeing/sound.ts';
import { createTranslator } from '#shared/messages/translator.ts';
import { en } from '#shared/messages/en.ts';
import { clockWords } from '#renderer/features/wellbeing/words.ts';
import type { BreakAction, BreaksView } from '#shared/ipc/wellbeing.ts';
import { prepareDom, render } from '../ui/render.tsx';

const t = createTranslator('en', en, en);

const QUIET: BreaksView = {
  phase: 'none', level: 'calm', quiet: false, due: null, nextInMs: 1_800_000, nextKind: 'rest', progress: 0.5, running: null, card: null,
  owed: { rest: 0, meal: 0, recovery: 0 }, taken: { micro: 0, rest: 0, meal: 0, recovery: 0 }, workedMs: 0, postponedMs: 0, skipped: null, paused: null, offer: null, limitMs: null, ask: null, preset: 'callside',
};
const CARD: NonNullable<BreaksView['card']> = { id: 7, kind: 'rest', lengthMs: 300_000, owed: 1, guardMs: 2_000, shownMs: 0, postpones: [300_000, 600_000], cost: 1, hardCall: null };

function corner(view: BreaksView) {
  const listeners = new Map<string, (payload: never) => void>();
  const done: BreakAction[] = [];
  const calls: string[] = [];
  const client = {
    call: (route: string, input: unknown) => {
      calls.push(route);
      if (route === 'breaks.do') done.push(input as BreakAction);
      return Promise.resolve(route === 'breaks.do' ? { view } : route === 'breaks.view' ? view : []);
    },
    on: (name: string, listener: (payload: never) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  } as unknown as Client;
  let now = 0;
  const breaks = createBreaksStore(client, () => now);
  breaks.setState({ view });
  render(
    <>
      <textarea aria-label="Note" />
      <WellbeingCorner client={client} breaks={breaks} ideas={[]} callId="call-1" hardOpen={false} onHardOpen={() => undefined} />
    </>,
  );
  return { done, calls, breaks, pass: (ms: number) => { now += ms; }, tell: (next: BreaksView) => act(() => listeners.get('breaks.changed')?.(next as never)) };
}

beforeAll(prepareDom);
afterEach(cleanup);

describe('the break clock', () => {
  it('looks the same in a call whatever is due', () => {
    const inCall = { ...QUIET, phase: 'talking', quiet: true, due: 'rest', level: 'due' } as const;
    expect(clockWords(inCall, t)).toEqual({ text: 'Break after this call', due: false });
    expect(clockWords({ ...inCall, quiet: false, phase: 'none' }, t)).toEqual({ text: 'Break due', due: true });
    render(<BreakStatus view={inCall} />);
    expect(screen.getByText('Break after this call').closest('[data-due]')).toBeNull();
  });

  it('counts whole minutes and, in a break, seconds', () => {
    expect(clockWords({ ...QUIET, nextInMs: 61_000 }, t).text).toBe('Break in 2 min');
    expect(clockWords({ ...QUIET, running: { id: 1, kind: 'rest', leftMs: 185_000, lengthMs: 300_000 } }, t).text).toBe('Break, 3:05 left');
    expect(clockWords({ ...QUIET, nextInMs: null }, t).text).toBe('Breaks');
  });
});

describe('the card', () => {
  it('takes no focus, and letters typed in a note stay letters', async () => {
    const user = userEvent.setup();
    const { tell, done } = corner(QUIET);
    const note = screen.getByLabelText<HTMLTextAreaElement>('Note');
    await user.type(note, 'ca');
    tell({ ...QUIET, due: 'rest', level: 'due', card: CARD });
    expect(screen.getByRole('complementary', { name: 'Breaks' })).toBeTruthy();
    expect(document.activeElement).toBe(note);
    await user.keyboard('bps 1{Enter}');
    expect(note.value).toBe('cabps 1\n');
    expect(done).toEqual([]);
  });

  it('works with Alt, and says that it was a key so that one in flight can be refused', async () => {
    const user = userEvent.setup();
    const { done } = corner({ ...QUIET, card: CARD });
    await user.click(screen.getByLabelText('Note'));
    await user.keyboard('{Alt>}b{/Alt}');
    await user.keyboard('{Alt>}p{/Alt}');
    await user.keyboard('{Alt>}s{/Alt}');
    expect(done).toEqual([
      { type: 'take', kind: 'rest', byKey: true, lengthMs: 300_000 },
      { type: 'postpone', ms: 300_000, byKey: true },
      { type: 'skip', byKey: true },
    ]);
  });

  it('offers no postponing where the limits allow none, and asks for no reason it needs', async () => {
    const user = userEvent.setup();
    const { done } = corner({ ...QUIET, card: { ...CARD, postpones: [] } });
    expect(screen.queryByRole('button', { name: /In \d+ min/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: /Skip/ }));
    await user.type(screen.getByLabelText(/Why skip/), 'queue is full{Enter}');
    expect(done).toEqual([{ type: 'skip', byKey: false, reason: 'queue is full' }]);
  });

  it('goes away with a call and comes back in no hurry', () => {
    const { tell } = corner({ ...QUIET, card: CARD });
    tell({ ...QUIET, phase: 'ringing', quiet: true, due: 'rest' });
    expect(screen.queryByRole('complementary', { name: 'Breaks' })).toBeNull();
  });
});

describe('what the planner learns of input', () => {
  it('is that there was some, at most every five seconds', async () => {
    const user = userEvent.setup();
    const { calls, pass } = corner(QUIET);
    const pings = (): number => calls.filter((route) => route === 'breaks.ping').length;
    await user.type(screen.getByLabelText('Note'), 'a whole sentence');
    expect(pings()).toBe(1);
    pass(5_000);
    await user.keyboard('x');
    expect(pings()).toBe(2);
  });
});

describe('a soft sound', () => {
  it('stays silent, not broken, where there is no output', () => {
    const refuse = vi.fn<() => AudioContext>(() => { throw new Error('no device'); });
    expect(() => playSoft('card', refuse)).not.toThrow();
    expect(refuse).toHaveBeenCalledOnce();
  });
});
