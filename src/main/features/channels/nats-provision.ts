import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { NatsLink } from './nats-link.ts';
import { EPOCH, type NatsNames } from './nats-names.ts';

const replySchema = z.object({
  error: z.object({ err_code: z.number().optional(), description: z.string() }).optional(),
  created: z.string().optional(),
  config: z.object({ metadata: z.record(z.string(), z.string()).optional() }).optional(),
});
/** JetStream's codes for "no such stream". */
const NOT_FOUND = 10_059;

export type Provisioned = { stream: string; state: 'made' | 'there' | 'failed'; detail?: string };

export type ProvisionOptions = {
  /** How many servers of a cluster keep each stream. */
  replicas?: 1 | 3;
  /** JetStream domain whose streams are mirrored here: a site's own server for its desks. */
  mirrorOf?: string;
};

/**
 * Makes the streams of a channel where they are missing; run once, by an administrator's account. What is there is
 * never changed. Messages are kept for ever, the last of each subject, and nobody can delete or purge: a broker's delete
 * marks are unsigned, so removals travel as signed records. A site mirrors what desks read; what they write goes on to the hub.
 */
export async function provisionStreams(link: NatsLink, names: NatsNames, { replicas = 1, mirrorOf }: ProvisionOptions = {}): Promise<Provisioned[]> {
  const out: Provisioned[] = [];
  for (const config of streamConfigs(names, replicas)) {
    if (mirrorOf !== undefined && config.name === names.desks) continue;
    const there = await api(link, `$JS.API.STREAM.INFO.${config.name}`, '');
    if (there.state === 'ok') {
      out.push({ stream: config.name, state: 'there' });
      continue;
    }
    if (there.code !== NOT_FOUND) {
      out.push({ stream: config.name, state: 'failed', detail: there.detail });
      continue;
    }
    const wanted: Wanted = mirrorOf === undefined ? { ok: true, config: { ...config, metadata: { [EPOCH]: randomUUID() } } } : await mirrorConfig(link, config, mirrorOf);
    const made = wanted.ok ? await api(link, `$JS.API.STREAM.CREATE.${config.name}`, JSON.stringify(wanted.config)) : ({ state: 'failed', detail: wanted.why } as const);
    out.push(made.state === 'ok' ? { stream: config.name, state: 'made' } : { stream: config.name, state: 'failed', detail: made.detail });
  }
  return out;
}

/** The streams of a channel as JetStream's API takes them. */
function streamConfigs(names: NatsNames, replicas: number) {
  const base = { retention: 'limits', storage: 'file', max_msgs_per_subject: 1, discard: 'old', allow_direct: true, num_replicas: replicas, max_msg_size: 1_048_576 } as const;
  const kept = { ...base, deny_delete: true, deny_purge: true } as const;
  // Of files desks are told the name alone: a pack of half a megabyte would go out to every one of them, asked for or not.
  return [
    { ...kept, name: names.changes, subjects: [names.ofChanges], republish: { src: names.ofChanges, dest: names.live } },
    { ...kept, name: names.files, subjects: [names.ofAllFiles], republish: { src: names.ofFiles, dest: names.liveFiles, headers_only: true } },
    { ...base, name: names.desks, subjects: [names.desksLive] },
  ];
}

type Wanted = { ok: true; config: Readonly<Record<string, unknown>> } | { ok: false; why: string };

/** The same stream as a copy that follows the hub's and tells the site's desks of a change once it holds it. */
async function mirrorConfig(link: NatsLink, config: ReturnType<typeof streamConfigs>[number], domain: string): Promise<Wanted> {
  const hub = `$JS.${domain}.API`;
  const origin = await api(link, `${hub}.STREAM.INFO.${config.name}`, '');
  if (origin.state !== 'ok') return { ok: false, why: `${domain}: ${origin.detail}` };
  const { subjects: _subjects, ...rest } = config;
  const epoch = origin.epoch === undefined ? {} : { metadata: { [EPOCH]: origin.epoch } };
  return { ok: true, config: { ...rest, num_replicas: 1, ...epoch, mirror: { name: config.name, external: { api: hub } } } };
}

type ApiReply = { state: 'ok'; epoch: string | undefined } | { state: 'failed'; code: number; detail: string };

async function api(link: NatsLink, subject: string, body: string): Promise<ApiReply> {
  const answer = await link.ask(subject, body);
  if (!answer.ok) return { state: 'failed', code: 0, detail: answer.why };
  const reply = replySchema.safeParse(JSON.parse(answer.value.string()));
  if (!reply.success) return { state: 'failed', code: 0, detail: 'unreadable answer' };
  const { error, config, created } = reply.data;
  return error === undefined ? { state: 'ok', epoch: config?.metadata?.[EPOCH] ?? created } : { state: 'failed', code: error.err_code ?? 0, detail: error.description };
}
