import { z } from 'zod';
import { TIMESTAMP } from '#main/features/packs/index.ts';
import { CHECK_STEPS, type CheckedStep, type CheckStep, type CheckWhy } from '#shared/domain/channel-check.ts';
import { natsOptions, openPlace, type NatsPlace } from './channel-place.ts';
import { whyNoEntry, type EntryProblem } from './nats-diagnose.ts';
import { openLink } from './nats-link.ts';
import { DEFAULT_PREFIX, natsNames } from './nats-names.ts';

/** How long one step may take (ms). */
const PATIENCE_MS = 5_000;
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
    const head = await source.read(TIMESTAMP, MOST_HEAD);
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
