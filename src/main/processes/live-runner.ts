import { z } from 'zod';
import type { FollowState, ReleaseWanted } from '#main/features/channels/index.ts';
import type { InputOf, OutputOf } from '#shared/ipc/define.ts';
import type { ImportInput, InternalContract, LiveWanted } from './internal-contract.ts';
import type { ChildPort, FromChild, ProcessConfig } from './protocol.ts';

export type LiveRunnerOptions = {
  spawn: () => ChildPort;
  config: ProcessConfig;
  /** Asks the knowledge process. */
  knowledge: <R extends keyof InternalContract>(route: R, input: InputOf<InternalContract, R>) => Promise<OutputOf<InternalContract, R>>;
  /** No call is on or being wrapped up, and nobody imports or installs. */
  mayWrite: () => Promise<boolean>;
  /** Brings a release or a policy by the way of releases; the follower goes on when it is done. */
  release: (id: string, why: ReleaseWanted) => Promise<void>;
  onState: (id: string, state: FollowState) => void;
  /** Changes are in use. */
  onWrote: (id: string, changed: number) => void;
  log: (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;
};

export type LiveRunner = {
  /** Follows these channels and no others. */
  follow(wanted: readonly LiveWanted[]): void;
  state(id: string): FollowState | undefined;
  /** A call began or ended. */
  callsChanged(): void;
  /** A release was installed. */
  released(): void;
  /** Looks at every channel now. */
  catchUp(): Promise<void>;
  /** The share of a limited line that following may use, 0 to 1: something else of this desk reads, too. */
  line(share: number): void;
  /** Resolves when no change is being written: a matter of milliseconds. */
  quiet(): Promise<void>;
  close(): void;
};

const askSchema = z.object({ ask: z.int(), id: z.string() });
const releaseSchema = askSchema.extend({ why: z.enum(['first', 'repair', 'policy']) });
const wroteSchema = askSchema.extend({ changed: z.int() });

/** Between two looks whether changes that wait may be written now, besides being told (ms). */
const WAIT_MS = 1_000;
const FIRST_AGAIN_MS = 1_000;
const LONGEST_AGAIN_MS = 60_000;
/** A process that lived this long did not end because of how it began (ms). */
const HEALTHY_MS = 60_000;

/**
 * Keeps one process that follows live channels, and lets it write while no call is on. The process may end at any
 * moment: position and changes are one transaction, so the next one goes on where it stopped.
 */
export function createLiveRunner({ spawn, config, knowledge, mayWrite, release, onState, onWrote, log }: LiveRunnerOptions): LiveRunner {
  const states = new Map<string, FollowState>();
  let wanted: readonly LiveWanted[] = [];
  let child: ChildPort | undefined;
  let startedAt = 0;
  let tries = 0;
  let closed = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let waiting: number[] = [];
  let granting = false;
  let writing: { ask: number; ended: Promise<void>; end: () => void } | undefined;
  let looks: (() => void)[] = [];
  let share = 1;

  const post = <R extends 'live.follow' | 'live.grant' | 'live.line' | 'live.released' | 'live.catch-up'>(route: R, input: ImportInput<R>): void => child?.post({ type: 'call', id: route, route, input });

  const end = async (): Promise<void> => {
    const now = writing;
    if (now === undefined) return;
    await knowledge('writes.release', { source: '', job: '' }).catch(() => undefined);
    writing = undefined;
    now.end();
  };
  /** Lets the process write when nobody minds: one at a time, and the knowledge process holds its own writes meanwhile. */
  const grant = async (): Promise<void> => {
    if (granting || writing !== undefined || waiting.length === 0) return;
    granting = true;
    try {
      if (!(await mayWrite().catch(() => false))) return;
      const held = await knowledge('writes.hold', {}).catch(() => ({ held: false }));
      const ask = held.held ? waiting.shift() : undefined;
      if (!held.held) return;
      let finish = (): void => undefined;
      const ended = new Promise<void>((resolve) => (finish = resolve));
      writing = { ask: ask ?? -1, ended, end: finish };
      if (ask === undefined) await end();
      else post('live.grant', { ask });
    } finally {
      granting = false;
      clearTimeout(again);
      if (!closed && waiting.length > 0 && writing === undefined) again = setTimeout(() => void grant(), WAIT_MS);
    }
  };

  const onNews = (name: string, payload: unknown): void => {
    switch (name) {
      case 'live.state': {
        const { id, state } = payload as { id: string; state: FollowState };
        states.set(id, state);
        onState(id, state);
        return;
      }
      case 'live.ask':
        waiting.push(askSchema.parse(payload).ask);
        void grant();
        return;
      case 'live.wrote': {
        const { id, changed, ask } = wroteSchema.parse(payload);
        waiting = waiting.filter((one) => one !== ask);
        void end().then(grant);
        if (changed > 0) onWrote(id, changed);
        return;
      }
      case 'live.release': {
        const { id, why, ask } = releaseSchema.parse(payload);
        void release(id, why)
          .catch((cause: unknown) => log('warn', 'a release a follower asked for could not be had', { error: String(cause), why }))
          .finally(() => post('live.released', { ask }));
      }
    }
  };
  const onGone = (gone: ChildPort): void => {
    if (child !== gone) return;
    child = undefined;
    waiting = [];
    void end();
    for (const look of looks.splice(0)) look();
    if (closed || wanted.length === 0) return;
    if (Date.now() - startedAt > HEALTHY_MS) tries = 0;
    retry = setTimeout(start, Math.min(LONGEST_AGAIN_MS, FIRST_AGAIN_MS * 2 ** tries++));
  };
  const start = (): void => {
    clearTimeout(retry);
    if (closed || wanted.length === 0) return;
    startedAt = Date.now();
    const made = spawn();
    child = made;
    made.onMessage((message: FromChild) => {
      if (child !== made) return;
      if (message.type === 'ready') {
        post('live.line', { share });
        for (const one of wanted) post('live.follow', one);
      } else if (message.type === 'event') onNews(message.name, message.payload);
      else if (message.type === 'log') log(message.level, message.message, message.details);
      else if (message.type === 'reply') {
        if (!message.ok) log('error', 'the process that follows channels failed', { stack: message.stack ?? message.message });
        if (message.id === 'live.catch-up') for (const look of looks.splice(0)) look();
      }
    });
    made.onExit(() => onGone(made));
    made.post({ type: 'init', config });
  };
  const stop = (): void => {
    const gone = child;
    clearTimeout(retry);
    // Whatever it was writing is undone by SQLite; its position is where it was.
    gone?.kill();
    if (gone !== undefined) onGone(gone);
    states.clear();
  };

  return {
    follow: (next) => {
      if (JSON.stringify(next) === JSON.stringify(wanted)) return;
      wanted = [];
      stop();
      wanted = next;
      tries = 0;
      start();
    },
    state: (id) => states.get(id),
    callsChanged: () => void grant(),
    released: () => post('live.released', {}),
    catchUp: () => {
      if (child === undefined) return Promise.resolve();
      return new Promise<void>((resolve) => {
        looks.push(resolve);
        post('live.catch-up', {});
      });
    },
    line: (next) => {
      share = next;
      post('live.line', { share });
    },
    quiet: async () => {
      while (writing !== undefined) await writing.ended;
    },
    close: () => {
      closed = true;
      clearTimeout(again);
      stop();
    },
  };
}
