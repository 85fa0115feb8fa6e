import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { TelephonySettings } from '#shared/domain/telephony/settings.ts';
import type { Heard } from '#shared/ipc/telephony.ts';
import { createAmiClient, type AmiState } from './ami-client.ts';
import { createHttpEntrance, type HttpState } from './http-entrance.ts';
import { createCommandTeller } from './not-ready-command.ts';
import { createIntake, type CallRecords, type Intake, type TelephonySource } from './intake.ts';

/** The tester stops by itself: a page left open must not show calls for a day (ms). */
const LISTEN_MS = 300_000;

export type TelephonyDeps = {
  records: CallRecords;
  secrets: { token(): string; password(): string };
  now: () => number;
  /** A call began: the desk may be shown. */
  onStarted: () => void;
  /** The caller said something: for the screen of this call, kept nowhere. */
  onSaid: (said: { callId: string; text: string }) => void;
  /** How the organisation wants "not ready" to be told; undefined: nobody but Asterisk. */
  notReady: () => Policy['notReady'];
  onState: () => void;
  onHeard: (heard: Heard) => void;
  warn: (message: string, details?: Record<string, unknown>) => void;
};

export type TelephonyService = {
  accept(event: TelephonyEvent, source: TelephonySource): boolean;
  /** Something came that was meant for us and could not be read. */
  unreadable(source: TelephonySource): void;
  configure(settings: TelephonySettings): void;
  /** The token or the password changed: connections are made anew. */
  secretsChanged(): void;
  listen(on: boolean): void;
  notReady(reason: string | undefined): void;
  http(): HttpState;
  ami(): AmiState;
  close(): Promise<void>;
};

/** Every entrance of telephony into this desk, and the one way out that tells it "not ready". */
export function createTelephonyService(deps: TelephonyDeps): TelephonyService {
  let listeningUntil = 0;
  let configured: TelephonySettings | undefined;
  const heard = (one: Omit<Heard, 'at'>): void => {
    if (deps.now() < listeningUntil) deps.onHeard({ at: deps.now(), ...one });
  };
  const intake: Intake = createIntake({
    records: deps.records,
    now: deps.now,
    warn: deps.warn,
    onReport: ({ source, event, outcome, callId }) => {
      heard({ source, event, outcome });
      if (outcome === 'started') deps.onStarted();
      if (outcome === 'said' && callId !== undefined) deps.onSaid({ callId, text: event.text ?? '' });
    },
  });
  const unreadable = (source: TelephonySource): void => heard({ source, outcome: 'unreadable' });
  const http = createHttpEntrance({
    accept: (event) => intake.accept(event, 'http'),
    token: deps.secrets.token,
    now: () => performance.now(),
    onState: deps.onState,
    onUnreadable: () => unreadable('http'),
  });
  const ami = createAmiClient({ accept: (event) => intake.accept(event, 'ami'), onState: deps.onState });
  const command = createCommandTeller({ command: () => deps.notReady()?.command, warn: deps.warn });
  /** One change of the entrance at a time: quick switching must not leave two servers behind. */
  let changing: Promise<unknown> = Promise.resolve();

  const applyAmi = (settings: TelephonySettings): void => {
    const { enabled, host, port, user, agent } = settings.ami;
    if (enabled && host !== '' && user !== '' && agent !== '') ami.open({ host, port, user, agent, password: deps.secrets.password() });
    else ami.close();
  };

  return {
    accept: intake.accept,
    unreadable,
    http: http.state,
    ami: ami.state,
    listen: (on) => {
      listeningUntil = on ? deps.now() + LISTEN_MS : 0;
    },
    notReady: (reason) => {
      const name = reason === undefined ? undefined : nameOf(reason, deps.notReady()?.reasons);
      if (configured?.ami.enabled === true && configured.ami.pauses) ami.pause(name);
      command.tell(name);
    },
    configure: (settings) => {
      const before = configured;
      configured = settings;
      if (!same(before?.http, settings.http)) changing = changing.then(async () => void (await (settings.http.enabled ? http.open(settings.http.port) : http.close()))).catch(() => undefined);
      if (!same(before?.ami, settings.ami)) applyAmi(settings);
    },
    secretsChanged: () => {
      if (configured !== undefined) applyAmi(configured);
      deps.onState();
    },
    close: async () => {
      ami.close();
      await command.settled();
      await changing;
      await http.close();
    },
  };
}

/** What the telephone system calls one of our reasons. */
function nameOf(reason: string, names: Readonly<Record<string, string>> = {}): string {
  return Object.hasOwn(names, reason) ? (names[reason] ?? reason) : reason;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
