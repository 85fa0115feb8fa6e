import { AuthorizationError, connect, credsAuthenticator, nkeyAuthenticator, UserAuthenticationExpiredError, type ConnectionOptions } from '@nats-io/transport-node';
import { z } from 'zod';
import { CHECK_STEPS, type CheckedStep, type CheckStep, type CheckWhy } from '#shared/domain/channel-check.ts';
import { natsOptions, openPlace, type NatsPlace } from './channel-place.ts';
import { openLink } from './nats-link.ts';
import { DEFAULT_PREFIX, natsNames } from './nats-names.ts';

/** How long one step may take (ms). */
const PATIENCE_MS = 5_000;
const HEAD = 'metadata/timestamp.json';
const MOST_HEAD = 16 * 1024;
/** JetStream's code for "no such stream". */
const NOT_FOUND = 10_059;

const replySchema = z.object({ error: z.object({ err_code: z.number().optional() }).optional() });

/** On which step of the way in somebody who is not let in stands. */
const STANDS_AT: Readonly<Record<EntryProblem, CheckStep>> = {
  'no-such-name': 'reach', 'no-answer': 'reach', unknown: 'reach',
  'no-tls': 'tls', 'not-trusted': 'tls', 'wrong-name': 'tls', expired: 'tls',
  'bad-file': 'sign-in', 'unknown-user': 'sign-in', full: 'sign-in',
};

/**
 * Everything a desk needs of a server, tried in turn as the desk would do it; after the first failure nothing more.
 * `own`: a file of this desk that may be written for the trial.
 */
export async function checkNats(place: NatsPlace, own: { name: string; bytes: Uint8Array }, patienceMs = PATIENCE_MS): Promise<CheckedStep[]> {
  const steps: CheckedStep[] = [];
  const say = (step: CheckStep, state: CheckedStep['state'], why?: CheckWhy, detail?: string): void =>
    void steps.push({ step, state, ...(why === undefined ? {} : { why }), ...(detail === undefined ? {} : { detail: detail.slice(0, 4_000) }) });
  const failed = (step: CheckStep, why: CheckWhy, detail?: string): CheckedStep[] => {
    const at = CHECK_STEPS.indexOf(step);
    say(step, 'failed', why, detail);
    return [...steps, ...CHECK_STEPS.slice(at + 1).map((later) => ({ step: later, state: 'skipped' as const }))];
  };

  const server = place.servers.join(', ');
  const options = { ...natsOptions(place), patienceMs };
  const stopped = await whyNoEntry(options);
  const stands = stopped === undefined ? undefined : STANDS_AT[stopped.problem];
  const secured = place.tls !== undefined || place.servers.every((one) => one.startsWith('tls://'));
  for (const step of ['reach', 'tls', 'sign-in'] as const) {
    if (stopped !== undefined && step === stands) return failed(step, stopped.problem, step === 'sign-in' ? (place.user ?? server) : server);
    if (step === 'tls' && !secured) say(step, 'note', 'plain');
    else say(step, 'ok', undefined, step === 'sign-in' ? place.user : server);
  }

  const names = natsNames(place.prefix ?? DEFAULT_PREFIX, place.user ?? 'desk');
  const link = openLink(options);
  try {
    for (const stream of [names.files, names.changes]) {
      const answer = await link.ask(`$JS.API.STREAM.INFO.${stream}`, '');
      if (!answer.ok) return failed('stream', answer.why === 'refused' ? 'no-permission' : 'no-stream', stream);
      const reply = replySchema.safeParse(parsed(answer.value.string()));
      const code = reply.success ? (reply.data.error?.err_code ?? 0) : NOT_FOUND;
      if (code !== 0) return failed('stream', code === NOT_FOUND ? 'no-stream' : 'no-answer', stream);
    }
    say('stream', 'ok');
  } finally {
    await link.close();
  }

  const source = openPlace(place);
  try {
    const head = await source.read(HEAD, MOST_HEAD);
    if (head.state !== 'found' && head.state !== 'absent') return failed('read', 'no-answer');
    if (head.state === 'found') say('read', 'ok');
    else say('read', 'note', 'nothing-published');
    const written = await source.write(own.name, own.bytes);
    if (written.state !== 'written') return failed('receipt', written.state === 'read-only' ? 'no-permission' : 'no-answer', place.user);
    say('receipt', 'ok');
    return steps;
  } finally {
    await source.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a server does not let a desk in, as far as one try can tell. */
type EntryProblem =
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
async function whyNoEntry(options: Parameters<typeof openLink>[0]): Promise<{ problem: EntryProblem; detail: string } | undefined> {
  try {
    const nc = await connect({ ...entryOptions(options), name: 'callside', reconnect: false, waitOnFirstConnect: false, ignoreAuthErrorAbort: false, timeout: options.patienceMs ?? 5_000 });
    await nc.close();
    return undefined;
  } catch (cause) {
    return { problem: problemOf(cause), detail: cause instanceof Error ? cause.message : String(cause) };
  }
}

function problemOf(cause: unknown): EntryProblem {
  if (!(cause instanceof Error)) return 'unknown';
  if (cause instanceof AuthorizationError || cause instanceof UserAuthenticationExpiredError) return 'unknown-user';
  const code = 'code' in cause ? String(cause.code) : '';
  const known = CODES[code];
  if (known !== undefined) return known;
  if (/maximum .*connections/i.test(cause.message)) return 'full';
  if (/does not support 'tls'|unexpected response from server/.test(cause.message)) return 'no-tls';
  if (/timeout/i.test(cause.message)) return 'no-answer';
  if (code.startsWith('ERR_OSSL_') || /seed|PEM|nkey/i.test(cause.message)) return 'bad-file';
  return cause.cause === undefined ? 'unknown' : problemOf(cause.cause);
}

function entryOptions({ servers, user, password, token, credentials, seed, tls }: Parameters<typeof openLink>[0]): ConnectionOptions {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const wanted = tls ?? (servers.some((server) => server.startsWith('tls://')) ? {} : undefined);
  return {
    servers: [...servers],
    ...(credentials === undefined ? {} : { authenticator: credsAuthenticator(encode(credentials)) }),
    ...(seed === undefined ? {} : { authenticator: nkeyAuthenticator(encode(seed)) }),
    ...(user === undefined || credentials !== undefined || seed !== undefined ? {} : { user, pass: password ?? '' }),
    ...(token === undefined ? {} : { token }),
    ...(wanted === undefined ? {} : { tls: wanted }),
  };
}
