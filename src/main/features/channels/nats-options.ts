import { checkServerIdentity } from 'node:tls';
import type { ConnectionOptions } from '@nats-io/transport-node';
import { natsClient } from './nats-client.ts';

export type NatsOptions = {
  servers: readonly string[];
  user?: string;
  password?: string;
  token?: string;
  /** Content of a NATS credentials file (JWT and key). */
  credentials?: string;
  /** Seed of an NKey user (`SU…`): the server knows the public half only. */
  seed?: string;
  tls?: { ca?: string; cert?: string; key?: string };
  /** Beginning of every subject. */
  prefix?: string;
  /** At most so many bytes a second are asked for, on slow lines. What others say unasked is not held back. */
  bytesPerSecond?: number;
  /** How long one question may take (ms). */
  patienceMs?: number;
  /** Between two tries to connect (ms). A thousand desks that lose one server must not come back in one moment. */
  reconnectMs?: number;
  jitterMs?: number;
  /** How often a silent line is asked whether it is still there (ms); after two questions without an answer it counts as lost. */
  pingMs?: number;
};

export const PATIENCE_MS = 5_000;
const RECONNECT_MS = 2_000;
/** Measured: 3,000 TLS desks are back within 22 s when they spread over this. */
const JITTER_MS = 20_000;
/** The first try after a loss spreads over this share of the jitter, so that one desk's short cut stays short. */
const FIRST_SHARE = 0.25;
const PING_MS = 20_000;

export const inboxOf = ({ user }: NatsOptions): string => (user === undefined ? '_INBOX' : `_INBOX_${user.replaceAll(/[^\w-]/g, '-')}`);

/** What the client is told for one connection that is tried for ever. */
export function connectionOptions(options: NatsOptions): ConnectionOptions {
  const { patienceMs = PATIENCE_MS, reconnectMs = RECONNECT_MS, jitterMs = JITTER_MS, pingMs = PING_MS } = options;
  return {
    ...entryOptions(options),
    // A server that hangs up in the middle of the greeting leaves the client waiting for this long.
    timeout: 2 * patienceMs,
    // The client's default of ten tries closes for good, and so does its default for two refusals in a row: a user the
    // administrator enters a minute later, or gives back, must not need a restart of the desk.
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    waitOnFirstConnect: true,
    reconnectDelayHandler: () => reconnectMs,
    // The client itself dials at once when a long connection breaks, and so would every desk of the house.
    reconnectToServer: ([server]) => {
      if (server === undefined) return null;
      const share = server.lastConnect === 0 ? 0 : server.didConnect && server.reconnects === 0 ? FIRST_SHARE : 1;
      return { server, delay: Math.random() * jitterMs * share };
    },
    pingInterval: pingMs,
    maxPingOut: 2,
  };
}

/** Where the server is and how to get in. */
export function entryOptions(options: NatsOptions): ConnectionOptions {
  const { servers, user, password, token, credentials, seed } = options;
  const tls = tlsOptions(options);
  return {
    servers: [...servers],
    name: 'callside',
    inboxPrefix: inboxOf(options),
    ...(credentials === undefined ? {} : { authenticator: natsClient().credsAuthenticator(new TextEncoder().encode(credentials)) }),
    ...(seed === undefined ? {} : { authenticator: natsClient().nkeyAuthenticator(new TextEncoder().encode(seed)) }),
    ...(user === undefined || credentials !== undefined || seed !== undefined ? {} : { user, pass: password ?? '' }),
    ...(token === undefined ? {} : { token }),
    ...(tls === undefined ? {} : { tls }),
  };
}

/**
 * The client takes no notice of `tls://` alone: somebody on the way could answer without encryption, and would be
 * believed. Nor does it know which name to ask a certificate for when a server is named by its address, or was told of by
 * another server: then it must be for one of the servers the policy names.
 */
function tlsOptions({ servers, tls }: NatsOptions): ConnectionOptions['tls'] {
  if (tls === undefined && !servers.some((server) => server.startsWith('tls://'))) return undefined;
  const hosts = servers.map(hostOf);
  const check: CheckIdentity = (_name, certificate) => {
    const found = hosts.map((host) => checkServerIdentity(host, certificate));
    return found.includes(undefined) ? undefined : found[0];
  };
  // Handed on to Node's own connect as it is.
  return Object.assign({ ...tls }, { checkServerIdentity: check });
}

type CheckIdentity = typeof checkServerIdentity;

function hostOf(server: string): string {
  return /^\w+:\/\/(?:[^@/]*@)?\[?([^\]/]+?)\]?(?::\d+)?$/.exec(server)?.[1] ?? server;
}
