// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useAutoFinish } from '#renderer/screens/wrap-up/use-auto-finish.ts';

describe('a wrap-up that closes by itself', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  function setUp({ seconds = 60, ready = true } = {}) {
    const finish = vi.fn<() => void>();
    const since = Date.now();
    const hook = renderHook(({ isReady }) => useAutoFinish({ since, seconds, ready: isReady, finish }), { initialProps: { isReady: ready } });
    const pass = (ms: number): void => {
      act(() => {
        vi.advanceTimersByTime(ms);
      });
    };
    return { finish, hook, pass, state: () => hook.result.current.state };
  }

  it('is off unless asked for', () => {
    const { finish, pass, state } = setUp({ seconds: 0 });
    pass(3_600_000);
    expect([finish.mock.calls.length, state().kind]).toEqual([0, 'off']);
  });

  it('counts down and closes once', () => {
    const { finish, pass, state } = setUp();
    pass(20_000);
    expect(state()).toMatchObject({ kind: 'running' });
    pass(39_000);
    expect(finish).not.toHaveBeenCalled();
    pass(1_500);
    expect(finish).toHaveBeenCalledTimes(1);
    pass(600_000);
    expect(finish).toHaveBeenCalledTimes(1);
  });

  it('never closes under typing hands', () => {
    const { finish, pass } = setUp();
    for (let second = 0; second < 100; second += 1) {
      pass(1_000);
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    }
    expect(finish).not.toHaveBeenCalled();
    pass(8_500);
    expect(finish).toHaveBeenCalledTimes(1);
  });

  it('waits while something is half written or no outcome is picked, and closes once that is done', () => {
    const { finish, pass, state, hook } = setUp({ ready: false });
    pass(300_000);
    expect([finish.mock.calls.length, state().kind]).toEqual([0, 'waiting']);
    hook.rerender({ isReady: true });
    pass(500);
    expect(finish).toHaveBeenCalledTimes(1);
  });

  it('stays open when told to', () => {
    const { finish, pass, hook, state } = setUp();
    act(() => hook.result.current.keepOpen());
    pass(600_000);
    expect([finish.mock.calls.length, state().kind]).toEqual([0, 'off']);
  });
});
