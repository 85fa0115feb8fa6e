import { CallsideError } from '#shared/ipc/errors.ts';
import type { ChildPort, DataHome, FromChild, HostState, ProcessConfig } from './protocol.ts';

type Pending = {
  route: string;
  input: unknown;
  /** How many processes it was in flight in. */
  attempts: number;
  sent: boolean;
  resolve: (data: unknown) => void;
  reject: (cause: Error) => void;
  timer: ReturnType<typeof setTimeout> | undefined;
};

export type HostOptions = {
  home: DataHome;
  spawn: () => ChildPort;
  /** Asked at each start, so that a process that comes back knows what holds now. */
  config: () => ProcessConfig;
  onState: (state: HostState) => void;
  onEvent: (name: string, payload: unknown) => void;
  log: (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;
  /** A call running longer than this gets its process killed and is asked again once (ms). */
  callTimeoutMs: number;
  /** Calls that may take long: imports, backups. They have no time limit. */
  unlimited?: ReadonlySet<string>;
  /** The first process is started then; requests wait for it. At once when absent. */
  startWhen?: Promise<void>;
  /**
   * Keeps a second process loaded and waiting, so that a typing agent does not wait for one to be started when the
   * first dies. It opens no file until it is needed. Started so many ms after the first process is ready (a start
   * of the app comes first), and after a restart.
   */
  spareAfterMs?: { first: number; again: number };
};

/** A request that was in flight at this many crashes is given up, so that it cannot kill the process for ever. */
const MAX_ATTEMPTS = 3;
const RESPAWN_MS = [0, 100, 500, 2_000, 5_000];
const CLOSE_MS = 4_000;
/** A process that died sooner than this after it was ready may have met a damaged file, ms. */
const SHORT_LIFE_MS = 2_000;

export type Host = {
  call(route: string, input: unknown, id: string): Promise<unknown>;
  /** Asks the process to finish and waits for it, then kills it. */
  close(): Promise<void>;
  state(): HostState;
  /** For fault tests and the health page. */
  pid(): number | undefined;
};

/**
 * Keeps one data process alive. Requests are keyed by command id; those not answered when the
 * process dies are sent again to its successor, which applies each command id once.
 */
export function createHost(options: HostOptions): Host {
  const pending = new Map<string, Pending>();
  let child: ChildPort | undefined;
  let state: HostState = 'starting';
  let crashes = 0;
  /** After a crash requests go one by one until none is left that was there. */
  let careful = false;
  let closing: (() => void) | undefined;
  let spare: ChildPort | undefined;
  let spareTimer: ReturnType<typeof setTimeout> | undefined;
  let everDied = false;
  let readyAt = 0;
  let trustFiles = false;

  const setState = (next: HostState): void => {
    if (state === next) return;
    state = next;
    options.onState(next);
  };

  const send = (id: string, entry: Pending): void => {
    entry.attempts += 1;
    entry.sent = true;
    child?.post({ type: 'call', id, route: entry.route, input: entry.input });
    if (options.unlimited?.has(entry.route) === true) return;
    entry.timer = setTimeout(() => {
      options.log('error', 'a data process did not answer in time and is restarted', { home: options.home, route: entry.route });
      child?.kill();
    }, options.callTimeoutMs);
  };

  const settle = (id: string, finish: (entry: Pending) => void): void => {
    const entry = pending.get(id);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    pending.delete(id);
    finish(entry);
    if (careful) sendCarefully();
  };

  /** One request at a time, the least suspect first: then a crash names its culprit and spares the others. */
  const sendCarefully = (): void => {
    if (state !== 'up' || [...pending.values()].some((entry) => entry.sent)) return;
    const next = [...pending].toSorted(([, a], [, b]) => a.attempts - b.attempts)[0];
    careful = [...pending.values()].some((entry) => entry.attempts > 0);
    if (next === undefined) return;
    if (careful) send(...next);
    else for (const [id, entry] of pending) send(id, entry);
  };

  const onMessage = (message: FromChild): void => {
    switch (message.type) {
      case 'ready':
        if (state === 'closed') return;
        readyAt = performance.now();
        keepSpare();
        crashes = 0;
        setState('up');
        careful = true;
        sendCarefully();
        return;
      case 'reply':
        settle(message.id, (entry) => {
          if (message.ok) entry.resolve(message.data);
          else {
            if (message.stack !== undefined) options.log('error', 'request failed', { route: entry.route, stack: message.stack });
            entry.reject(new CallsideError(message.code, message.message));
          }
        });
        return;
      case 'event':
        options.onEvent(message.name, message.payload);
        return;
      case 'log':
        options.log(message.level, message.message, message.details);
        return;
      case 'closed':
        closing?.();
        return;
    }
  };

  const onExit = (code: number): void => {
    child = undefined;
    if (state === 'closed') {
      closing?.();
      return;
    }
    crashes += 1;
    everDied = true;
    // One death of a process that had been up for a while says nothing against the file.
    trustFiles = state === 'up' && performance.now() - readyAt > SHORT_LIFE_MS;
    options.log('warn', 'a data process ended and is restarted', { home: options.home, code, crashes });
    setState(crashes > RESPAWN_MS.length ? 'failed' : 'restarting');
    for (const [id, entry] of pending) {
      clearTimeout(entry.timer);
      entry.sent = false;
      if (entry.attempts >= MAX_ATTEMPTS) {
        settle(id, (one) => one.reject(new CallsideError('unavailable', 'This request stopped its data process three times and was given up.')));
      }
    }
    setTimeout(start, RESPAWN_MS[Math.min(crashes - 1, RESPAWN_MS.length - 1)]);
  };

  function start(): void {
    if (state === 'closed') return;
    child = takeSpare() ?? options.spawn();
    child.onMessage(onMessage);
    child.onExit(onExit);
    child.post({ type: 'init', config: trustFiles ? { ...options.config(), restarted: true } : options.config() });
  }

  function keepSpare(): void {
    const { spareAfterMs } = options;
    if (spareAfterMs === undefined || spare !== undefined) return;
    clearTimeout(spareTimer);
    spareTimer = setTimeout(() => {
      if (state === 'closed' || spare !== undefined) return;
      const waiting = options.spawn();
      spare = waiting;
      waiting.onExit(() => {
        if (spare === waiting) spare = undefined;
      });
    }, everDied ? spareAfterMs.again : spareAfterMs.first);
    spareTimer.unref();
  }

  function takeSpare(): ChildPort | undefined {
    const taken = spare;
    spare = undefined;
    clearTimeout(spareTimer);
    return taken;
  }

  void (options.startWhen ?? Promise.resolve()).then(start);

  return {
    call: (route, input, id) =>
      new Promise((resolve, reject) => {
        if (state === 'closed') {
          reject(new CallsideError('unavailable', 'Callside is closing.'));
          return;
        }
        const earlier = pending.get(id);
        if (earlier !== undefined) {
          reject(new CallsideError('conflict', 'A request with this id is already under way.'));
          return;
        }
        const entry: Pending = { route, input, attempts: 0, sent: false, resolve, reject, timer: undefined };
        pending.set(id, entry);
        if (state !== 'up') return;
        if (careful) sendCarefully();
        else send(id, entry);
      }),
    close: () =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          takeSpare()?.kill();
          child?.kill();
          resolve();
        };
        const timer = setTimeout(finish, CLOSE_MS);
        closing = finish;
        setState('closed');
        if (child === undefined) finish();
        else child.post({ type: 'close' });
      }),
    state: () => state,
    pid: () => child?.pid,
  };
}
