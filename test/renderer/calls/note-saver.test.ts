import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNoteSaver, type NoteStatus } from '#renderer/features/calls/note-saver.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { CallsideError } from '#shared/ipc/errors.ts';

type Saved = { text: string; seq: number; caret?: number };

function setUp(answer: (saved: Saved) => Promise<{ savedAt: number; seq: number; durable: boolean; masked?: string; held?: boolean }>) {
  const sent: Saved[] = [];
  const statuses: NoteStatus[] = [];
  const masked: string[] = [];
  const client = {
    call: (_route: string, input: Saved) => {
      const { text, seq, caret } = input;
      sent.push({ text, seq, ...(caret === undefined ? {} : { caret }) });
      return answer(input);
    },
    on: () => () => undefined,
  } as unknown as Client;
  const saver = createNoteSaver({ client, callId: 'c', text: '', seq: 4, savedAt: undefined, onStatus: (status) => statuses.push(status), onMasked: (text) => masked.push(text) });
  return { saver, sent, statuses, masked };
}

const fine = async ({ seq }: Saved) => ({ savedAt: 1_000 + seq, seq, durable: true });

describe('saving a note', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('saves at a pause of typing, with a rising number', async () => {
    const { saver, sent, statuses } = setUp(fine);
    saver.type('a');
    saver.type('ab');
    await vi.advanceTimersByTimeAsync(240);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(sent).toEqual([{ text: 'ab', seq: 5 }]);
    expect(statuses.at(-1)).toEqual({ kind: 'saved', at: 1_005 });
  });

  it('saves within a second and a half even when typing never pauses', async () => {
    const { saver, sent } = setUp(fine);
    for (let index = 1; index <= 40; index += 1) {
      saver.type('x'.repeat(index));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(sent[0]?.text.length).toBeLessThanOrEqual(16);
  });

  it('never says saved while words are unsaved: what was typed during a save goes with the next one', async () => {
    let release: (() => void) | undefined;
    const { saver, sent, statuses } = setUp(({ seq }) => new Promise((done) => (release = () => done({ savedAt: seq, seq, durable: true }))));
    saver.type('one');
    await vi.advanceTimersByTimeAsync(260);
    saver.type('one two');
    release?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses.at(-1)?.kind).not.toBe('saved');
    expect(sent.at(-1)).toEqual({ text: 'one two', seq: 6 });
    release?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses.at(-1)).toEqual({ kind: 'saved', at: 6 });
  });

  it('a failed save says so and is tried again until it works; the words stay', async () => {
    let working = false;
    const { saver, sent, statuses } = setUp((saved) => (working ? fine(saved) : Promise.reject(new CallsideError('disk-full', 'full'))));
    saver.type('kept');
    await vi.advanceTimersByTimeAsync(260);
    expect(statuses.at(-1)).toEqual({ kind: 'failed', code: 'disk-full' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent.length).toBeGreaterThan(2);
    working = true;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(statuses.at(-1)?.kind).toBe('saved');
    expect(saver.text()).toBe('kept');
  });

  it('takes over masked text, unless more was typed meanwhile', async () => {
    const { saver, masked } = setUp(async ({ seq, text }) => ({ savedAt: 1, seq, durable: true, ...(text.includes('4111') ? { masked: text.replace(/4111 1111 1111 1111/, '411111******1111') } : {}) }));
    saver.type('card 4111 1111 1111 1111');
    await vi.advanceTimersByTimeAsync(260);
    expect(masked).toEqual(['card 411111******1111']);
    expect(saver.text()).toBe('card 411111******1111');
  });

  it('a number held back at the caret is not called saved, and follows settled after a while without a key', async () => {
    const { saver, sent, statuses } = setUp(async ({ seq, caret }) => ({ savedAt: seq, seq, durable: true, ...(caret === undefined ? {} : { held: true }) }));
    saver.type('order 400638133393', 18);
    await vi.advanceTimersByTimeAsync(260);
    expect(sent).toEqual([{ text: 'order 400638133393', seq: 5, caret: 18 }]);
    expect(statuses.at(-1)?.kind).not.toBe('saved');
    await vi.advanceTimersByTimeAsync(8_100);
    expect(sent.at(-1)).toEqual({ text: 'order 400638133393', seq: 6 });
    expect(statuses.at(-1)).toEqual({ kind: 'saved', at: 6 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent).toHaveLength(2);
  });

  it('leaving the field settles a held number at once, also while its save is under way', async () => {
    const { saver, sent } = setUp(async ({ seq, caret }) => ({ savedAt: seq, seq, durable: true, ...(caret === undefined ? {} : { held: true }) }));
    saver.type('4006381333931', 13);
    await vi.advanceTimersByTimeAsync(250);
    await saver.flush();
    expect(sent.at(-1)).toEqual({ text: '4006381333931', seq: 6 });
  });

  it('flush waits for everything typed so far', async () => {
    const { saver, sent } = setUp(fine);
    saver.type('at once');
    await saver.flush();
    expect(sent).toEqual([{ text: 'at once', seq: 5 }]);
  });
});
