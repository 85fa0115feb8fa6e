import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import type { PolicyChannel } from '#shared/domain/policy.ts';
import type { ChangeSource } from './change-source.ts';
import { openFolder } from './folder-source.ts';
import type { NatsOptions } from './nats-options.ts';
import { openNats } from './nats-source.ts';

const text = z.string().max(20_000);
const line = z.string().max(400);

/** Where a channel is and how to get in, complete: any process of ours can open it for itself. */
export const channelPlaceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: z.string().max(4_000) }),
  z.strictObject({
    kind: z.literal('nats'),
    servers: z.array(line).max(10),
    user: line.optional(),
    password: line.optional(),
    token: line.optional(),
    credentials: text.optional(),
    seed: line.optional(),
    tls: z.strictObject({ ca: text.optional(), cert: text.optional(), key: text.optional() }).optional(),
    prefix: z.string().max(100).optional(),
    /** At most so many bytes a second, on slow lines. */
    bytesPerSecond: z.int().min(1).optional(),
  }),
]);
export type ChannelPlace = z.infer<typeof channelPlaceSchema>;

export type NatsPlace = Extract<ChannelPlace, { kind: 'nats' }>;

export function openPlace(place: ChannelPlace): ChangeSource {
  return place.kind === 'folder' ? openFolder({ root: place.path }) : openNats(natsOptions(place));
}

/** The same without members that are undefined, as the client wants it. */
export function natsOptions({ user, password, token, credentials, seed, tls, prefix, servers, bytesPerSecond }: NatsPlace): NatsOptions {
  return {
    servers,
    ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }), ...(token === undefined ? {} : { token }),
    ...(credentials === undefined ? {} : { credentials }), ...(seed === undefined ? {} : { seed }), ...(prefix === undefined ? {} : { prefix }), ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
    ...(tls === undefined ? {} : { tls: { ...(tls.ca === undefined ? {} : { ca: tls.ca }), ...(tls.cert === undefined ? {} : { cert: tls.cert }), ...(tls.key === undefined ? {} : { key: tls.key }) } }),
  };
}

export type NatsChannel = Extract<PolicyChannel, { type: 'nats' }>;
type ReadText = (file: string) => string;

/**
 * The place a policy's NATS channel stands for. Secrets lie in files of their own, because everybody on the machine
 * may read the policy; one that cannot be read is said by name. `{host}` in the user's name is this machine's name.
 */
export function natsPlace(channel: NatsChannel, read: ReadText = (file) => readFileSync(file, 'utf8'), host = hostname()): { ok: true; place: ChannelPlace } | { ok: false; file: string } {
  let missing: string | undefined;
  const content = <K extends string>(name: K, file: string | undefined): { [N in K]?: string } => {
    if (file === undefined) return {};
    try {
      return { [name]: read(file).trim() } as { [N in K]?: string };
    } catch {
      missing ??= file;
      return {};
    }
  };
  const { servers, user, prefix, passwordFile, tokenFile, credentialsFile, nkeyFile, caFile, certificateFile, keyFile } = channel;
  const tls = { ...content('ca', caFile), ...content('cert', certificateFile), ...content('key', keyFile) };
  const place: ChannelPlace = {
    kind: 'nats', servers: [...servers],
    ...(user === undefined ? {} : { user: user.replaceAll('{host}', host.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')) }),
    ...(prefix === undefined ? {} : { prefix }),
    ...content('password', passwordFile), ...content('token', tokenFile), ...content('credentials', credentialsFile), ...content('seed', nkeyFile),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
  };
  return missing === undefined ? { ok: true, place } : { ok: false, file: missing };
}
