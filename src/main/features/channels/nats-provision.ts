import { z } from 'zod';
import type { NatsLink } from './nats-link.ts';
import type { NatsNames } from './nats-names.ts';

const replySchema = z.object({ error: z.object({ err_code: z.number().optional(), description: z.string() }).optional() });
/** JetStream's codes for "no such stream". */
const NOT_FOUND = 10_059;

export type Provisioned = { stream: string; state: 'made' | 'there' | 'failed'; detail?: string };

/**
 * Makes the streams of a channel where they are missing; run once, by an administrator's account. What is there is
 * never changed. Messages are kept for ever, the last of each subject, and nobody can delete or purge: a broker's delete
 * marks are unsigned, so removals travel as signed records.
 */
export async function provisionStreams(link: NatsLink, names: NatsNames, replicas: 1 | 3 = 1): Promise<Provisioned[]> {
  const out: Provisioned[] = [];
  for (const config of streamConfigs(names, replicas)) {
    const there = await api(link, `$JS.API.STREAM.INFO.${config.name}`, '');
    if (there.state === 'ok') {
      out.push({ stream: config.name, state: 'there' });
      continue;
    }
    if (there.code !== NOT_FOUND) {
      out.push({ stream: config.name, state: 'failed', detail: there.detail });
      continue;
    }
    const made = await api(link, `$JS.API.STREAM.CREATE.${config.name}`, JSON.stringify(config));
    out.push(made.state === 'ok' ? { stream: config.name, state: 'made' } : { stream: config.name, state: 'failed', detail: made.detail });
  }
  return out;
}

/** The streams of a channel as JetStream's API takes them. */
function streamConfigs(names: NatsNames, replicas: number) {
  const base = { retention: 'limits', storage: 'file', max_msgs_per_subject: 1, discard: 'old', allow_direct: true, num_replicas: replicas, max_msg_size: 1_048_576 } as const;
  const kept = { ...base, deny_delete: true, deny_purge: true } as const;
  return [
    { ...kept, name: names.changes, subjects: [names.ofChanges], republish: { src: names.ofChanges, dest: names.live } },
    { ...kept, name: names.files, subjects: [names.ofAllFiles], republish: { src: names.ofFiles, dest: names.liveFiles } },
    { ...base, name: names.desks, subjects: [names.desksLive] },
  ];
}

type ApiReply = { state: 'ok' } | { state: 'failed'; code: number; detail: string };

async function api(link: NatsLink, subject: string, body: string): Promise<ApiReply> {
  const answer = await link.ask(subject, body);
  if (!answer.ok) return { state: 'failed', code: 0, detail: answer.why };
  const reply = replySchema.safeParse(JSON.parse(answer.value.string()));
  if (!reply.success) return { state: 'failed', code: 0, detail: 'unreadable answer' };
  const { error } = reply.data;
  return error === undefined ? { state: 'ok' } : { state: 'failed', code: error.err_code ?? 0, detail: error.description };
}
