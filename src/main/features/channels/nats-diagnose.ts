import { createConnection } from 'node:net';
import { natsClient } from './nats-client.ts';
import { entryOptions, PATIENCE_MS, type NatsOptions } from './nats-options.ts';

/** Why a server does not let a desk in, as far as one try can tell. */
export type EntryProblem =
  | 'no-such-name'
  | 'no-answer'
  /** Something answers there that is no NATS server with TLS. */
  | 'no-tls'
  /** The certificate was not made by the authority this desk was given. */
  | 'not-trusted'
  | 'wrong-name'
  | 'expired'
  /** A certificate, key or seed of the desk's own files cannot be used. */
  | 'bad-file'
  | 'unknown-user'
  | 'full'
  | 'unknown';

const CODES: Readonly<Record<string, EntryProblem>> = {
  ENOTFOUND: 'no-such-name', EAI_AGAIN: 'no-such-name', ENODATA: 'no-such-name',
  ECONNREFUSED: 'no-answer', EHOSTUNREACH: 'no-answer', ENETUNREACH: 'no-answer', ETIMEDOUT: 'no-answer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  CERT_HAS_EXPIRED: 'expired', CERT_NOT_YET_VALID: 'expired',
  SELF_SIGNED_CERT_IN_CHAIN: 'not-trusted', DEPTH_ZERO_SELF_SIGNED_CERT: 'not-trusted', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'not-trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'not-trusted', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'not-trusted', CERT_SIGNATURE_FAILURE: 'not-trusted', CERT_UNTRUSTED: 'not-trusted', INVALID_CA: 'not-trusted',
};

/** Tries once to get in, and says why it could not; undefined when it could. Used when a person looks, never by the desk's own trying. */
export async function whyNoEntry(options: NatsOptions): Promise<{ problem: EntryProblem; detail: string } | undefined> {
  try {
    const nc = await natsClient().connect({ ...entryOptions(options), reconnect: false, waitOnFirstConnect: false, ignoreAuthErrorAbort: false, timeout: options.patienceMs ?? PATIENCE_MS });
    await nc.close();
    return undefined;
  } catch (cause) {
    const problem = problemOf(cause);
    const said = problem === 'unknown' ? await firstWords(options.servers[0] ?? '') : '';
    return { problem: FULL.test(said) ? 'full' : problem, detail: cause instanceof Error ? cause.message : String(cause) };
  }
}

const FULL = /maximum .*connections/i;

/** What a server says of itself before it hangs up: one that is full does so before the client has listened. */
function firstWords(server: string): Promise<string> {
  const url = URL.parse(server.replace(/^\w+:/, 'http:'));
  if (url === null) return Promise.resolve('');
  return new Promise((resolve) => {
    let said = '';
    const socket = createConnection(Number(url.port === '' ? 4_222 : url.port), url.hostname);
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (data: Buffer) => {
      said += data.toString('latin1');
      if (said.length > 10_000) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}

function problemOf(cause: unknown): EntryProblem {
  if (!(cause instanceof Error)) return 'unknown';
  if (cause instanceof natsClient().AuthorizationError || cause instanceof natsClient().UserAuthenticationExpiredError) return 'unknown-user';
  const code = 'code' in cause ? String(cause.code) : '';
  const known = CODES[code];
  if (known !== undefined) return known;
  if (FULL.test(cause.message)) return 'full';
  if (/does not support 'tls'|unexpected response from server/.test(cause.message)) return 'no-tls';
  if (/timeout/i.test(cause.message)) return 'no-answer';
  if (code.startsWith('ERR_OSSL_') || /seed|PEM|nkey/i.test(cause.message)) return 'bad-file';
  return cause.cause === undefined ? 'unknown' : problemOf(cause.cause);
}
