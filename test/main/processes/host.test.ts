import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHost, type Host, type HostOptions } from '#main/processes/host.ts';
import type { ChildPort, HostState } from '#main/processes/protocol.ts';

const WAIT = { timeout: 30_000, interval: 20 };

let dir: string;
let file: string;
let host: Host;
let states: HostState[];
/** Processes that have ended, by pid. */
let ended: Set<number | undefined>;

function spawn(): ChildPort {
  const child = fork(join(import.meta.dirname, 'child.ts'), [file], { execArgv: [] });
  return {
    post: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', (message) => listener(message as never)),
    onExit: (listener) => void child.on('exit', (code) => {
      listener(code ?? 1);
      ended.add(child.pid);
    }),
    kill: () => void child.kill('SIGKILL'),
    get pid() {
      return child.pid;
    },
  };
}

function options(): HostOptions {
  return { home: 'records', spawn, config: () => ({ dataDir: dir, resourcesDir: dir }), onState: (state) => states.push(state), onEvent: () => undefined, log: () => undefined, callTimeoutMs: 20_000 };
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callside-host-'));
  file = join(dir, 'applied');
  writeFileSync(file, '');
  states = [];
  ended = new Set();
  host = createHost(options());
});
afterEach(async () => {
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

const applied = (): number => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').length;

describe('the host of a data process', () => {
  it('answers what was asked before the process was up', async () => {
    expect(await host.call('echo', { a: 1 }, 'one')).toEqual({ echo: { a: 1 } });
  });

  it('a process that dies after writing and before answering is asked again, and the command counts once', async () => {
    expect(await host.call('apply-then-die', {}, 'once')).toEqual({ count: 1 });
    expect(applied()).toBe(1);
    expect(states).toContain('restarting');
    expect(host.state()).toBe('up');
  });

  it('commands under way survive a kill from outside: each applied once, each answered', async () => {
    await host.call('echo', {}, 'warm');
    const answers = Array.from({ length: 200 }, (_, index) => host.call('apply', {}, `c${index}`));
    process.kill(host.pid() ?? 0, 'SIGKILL');
    await Promise.all(answers);
    expect(applied()).toBe(200);
  });

  it('with a spare at hand the successor is the process that waited, and it is not asked to start', async () => {
    await host.close();
    const pids: (number | undefined)[] = [];
    host = createHost({ ...options(), spareAfterMs: { first: 0, again: 60_000 }, spawn: () => {
      const port = spawn();
      pids.push(port.pid);
      return port;
    } });
    await host.call('echo', {}, 'warm');
    await vi.waitFor(() => expect(pids).toHaveLength(2), WAIT);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    expect(await host.call('echo', { b: 2 }, 'after')).toEqual({ echo: { b: 2 } });
    expect(host.pid()).toBe(pids[1]);
    expect(pids).toHaveLength(2);
  });

  it('a spare that dies while waiting is not handed out', async () => {
    await host.close();
    const pids: (number | undefined)[] = [];
    host = createHost({ ...options(), spareAfterMs: { first: 0, again: 60_000 }, spawn: () => {
      const port = spawn();
      pids.push(port.pid);
      return port;
    } });
    await host.call('echo', {}, 'warm');
    await vi.waitFor(() => expect(pids).toHaveLength(2), WAIT);
    process.kill(pids[1] ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(ended).toContain(pids[1]), WAIT);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    expect(await host.call('echo', { b: 3 }, 'after')).toEqual({ echo: { b: 3 } });
    expect(pids).toHaveLength(3);
  });

  it('a request that kills its process every time is given up, and the next one is answered', async () => {
    await expect(host.call('die', {}, 'poison')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await host.call('echo', 1, 'after')).toEqual({ echo: 1 });
  });

  it('a runaway request gets its process killed; others are answered by the successor', async () => {
    await host.close();
    host = createHost({ ...options(), callTimeoutMs: 1_500 });
    const stuck = host.call('hang', {}, 'stuck');
    stuck.catch(() => undefined);
    const other = host.call('echo', 2, 'other');
    expect(await other).toEqual({ echo: 2 });
    await expect(stuck).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('an unexpected failure carries a code, not its text', async () => {
    await expect(host.call('throw', {}, 'bad')).rejects.toMatchObject({ code: 'internal' });
  });

  it('after closing nothing is accepted', async () => {
    await host.close();
    await expect(host.call('echo', {}, 'late')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
