import { connect, type Socket } from 'node:net';
import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';
import { createAmiTranslator } from './ami-events.ts';
import { amiAction, createAmiReader, type AmiMessage } from './ami-protocol.ts';

export type AmiState =
  | { kind: 'off' }
  | { kind: 'connecting' }
  | { kind: 'on' }
  /** Waits before the next try (ms). */
  | { kind: 'waiting'; reason: 'unreachable' | 'lost' | 'not-asterisk' | 'refused'; retryMs: number };

export type AmiTarget = { host: string; port: number; user: string; password: string; agent: string };

export type AmiOptions = {
  accept: (event: TelephonyEvent) => boolean;
  onState: (state: AmiState) => void;
  /** For tests: how long the first wait is (ms). It doubles up to a minute. */
  firstRetryMs?: number;
  refusedRetryMs?: number;
  random?: () => number;
};

export type AmiClient = {
  open(target: AmiTarget): void;
  close(): void;
  state(): AmiState;
  /** Tells every queue that this agent takes no calls, or takes them again. Remembered over a lost connection. */
  pause(reason: string | undefined): void;
};

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A wrong password does not get right by asking: the manager locks out who tries too often. */
const REFUSED_RETRY_MS = 60_000;
const LOGIN_MS = 10_000;
/** A link that died without a word is found by asking; two questions without an answer end it. */
const PING_MS = 20_000;

/** Listens to one Asterisk server for the calls of one agent, and comes back by itself. */
export function createAmiClient({ accept, onState, firstRetryMs = FIRST_RETRY_MS, refusedRetryMs = REFUSED_RETRY_MS, random = Math.random }: AmiOptions): AmiClient {
  let target: AmiTarget | undefined;
  let socket: Socket | undefined;
  let state: AmiState = { kind: 'off' };
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** Undefined until somebody said something: a desk that never paused leaves the queue alone. */
  let paused: { reason: string | undefined } | undefined;

  const setState = (next: AmiState): void => {
    state = next;
    onState(next);
  };

  const again = (reason: Extract<AmiState, { kind: 'waiting' }>['reason']): void => {
    if (target === undefined) return;
    failures += 1;
    const backOff = Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** (failures - 1));
    // Up to half more, so that a floor of desks does not come back in one second.
    const retryMs = Math.round((reason === 'refused' ? refusedRetryMs : backOff) * (1 + random() / 2));
    setState({ kind: 'waiting', reason, retryMs });
    retry = setTimeout(dial, retryMs);
  };

  function dial(): void {
    const wanted = target;
    if (wanted === undefined) return;
    setState({ kind: 'connecting' });
    const opening = connect({ host: wanted.host, port: wanted.port, noDelay: true, keepAlive: true });
    socket = opening;
    opening.setEncoding('utf8');
    const translate = createAmiTranslator(wanted.agent);
    let why: Extract<AmiState, { kind: 'waiting' }>['reason'] = 'unreachable';
    let unanswered = 0;
    let ping: ReturnType<typeof setInterval> | undefined;
    const login = setTimeout(() => opening.destroy(), LOGIN_MS);

    const end = (reason: typeof why): void => {
      why = reason;
      opening.destroy();
    };
    const loggedIn = (): void => {
      clearTimeout(login);
      failures = 0;
      why = 'lost';
      setState({ kind: 'on' });
      if (paused !== undefined) sendPause(paused.reason);
      ping = setInterval(() => {
        if (unanswered >= 2) opening.destroy();
        unanswered += 1;
        opening.write(amiAction('Ping', { ActionID: 'callside-ping' }));
      }, PING_MS);
    };
    const take = (message: AmiMessage): void => {
      unanswered = 0;
      if (message.get('actionid') === 'callside-login' && message.has('response')) {
        if (message.get('response')?.toLowerCase() === 'success') loggedIn();
        else end('refused');
        return;
      }
      if (state.kind !== 'on') return;
      const event = translate(message);
      if (event !== undefined) accept(event);
    };
    const read = createAmiReader((line) => {
      if (!/^Asterisk Call Manager\//i.test(line)) {
        end('not-asterisk');
        return;
      }
      opening.write(amiAction('Login', { Username: wanted.user, Secret: wanted.password, Events: 'call,agent', ActionID: 'callside-login' }));
    }, take);

    opening.on('data', (chunk: string) => {
      if (opening.destroyed) return;
      try {
        read(chunk);
      } catch {
        end('not-asterisk');
      }
    });
    opening.on('error', () => undefined);
    opening.on('close', () => {
      clearTimeout(login);
      clearInterval(ping);
      if (socket !== opening) return;
      socket = undefined;
      again(why);
    });
  }

  const sendPause = (reason: string | undefined): void => {
    if (state.kind !== 'on' || target === undefined) return;
    const values = { Interface: target.agent, Paused: reason === undefined ? 'false' : 'true', ...(reason === undefined ? {} : { Reason: reason }) };
    socket?.write(amiAction('QueuePause', values));
  };

  const close = (): void => {
    clearTimeout(retry);
    target = undefined;
    failures = 0;
    const closing = socket;
    socket = undefined;
    if (closing !== undefined && !closing.destroyed) {
      closing.write(amiAction('Logoff', {}));
      closing.destroySoon();
    }
    if (state.kind !== 'off') setState({ kind: 'off' });
  };

  return {
    state: () => state,
    close,
    open: (next) => {
      close();
      target = next;
      dial();
    },
    pause: (reason) => {
      paused = { reason };
      sendPause(reason);
    },
  };
}
