import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPresence } from '#main/features/channels/index.ts';

const MINUTE = 60_000;

describe('signs of life', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const start = (random = 0.5) => {
    const sent: number[] = [];
    const begun = Date.now();
    const presence = createPresence({ send: async () => sent.push(Date.now() - begun) > 0, random: () => random, everyMs: 4 * MINUTE, warn: () => undefined });
    return { sent, presence };
  };

  it('go out at a random moment of the span after a change, and every few minutes by themselves', async () => {
    const { sent, presence } = start(0.25);
    presence.soon(2_000);
    await vi.advanceTimersByTimeAsync(499);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([500]);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(sent.map((at) => Math.round(at / 1_000))).toEqual([1, 217, 433]);
    presence.close();
  });

  it('are not multiplied by many changes, and never more frequent than every few seconds', async () => {
    const { sent, presence } = start(0.1);
    for (let change = 0; change < 100; change += 1) {
      presence.soon(2_000);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sent.length).toBeLessThanOrEqual(3);
    presence.close();
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(sent.length).toBeLessThanOrEqual(3);
  });

  it('that had nothing to say hold up nothing that comes after', async () => {
    const at: number[] = [];
    const begun = Date.now();
    const presence = createPresence({ send: async () => at.push(Date.now() - begun) > 1, random: () => 0, everyMs: MINUTE, warn: () => undefined });
    presence.soon(0);
    await vi.advanceTimersByTimeAsync(1_000);
    presence.soon(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(at).toEqual([0, 1_000]);
    presence.close();
  });

  it('go on after one could not be sent', async () => {
    let tries = 0;
    const warn = vi.fn<(message: string, details: Record<string, unknown>) => void>();
    const presence = createPresence({
      send: async () => {
        tries += 1;
        if (tries === 1) throw new Error('gone');
        return true;
      },
      random: () => 0, everyMs: MINUTE, warn,
    });
    presence.soon(0);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(tries).toBeGreaterThan(1);
    expect(warn).toHaveBeenCalledOnce();
    presence.close();
  });
});
