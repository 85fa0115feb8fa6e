import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import { LIMITS } from '#shared/domain/common.ts';
import { deskIdSchema } from '#shared/domain/news/receipt.ts';
import { kbSchema } from '#shared/domain/packs/change.ts';
import { policyChannelSchema, type PolicyChannel } from '#shared/domain/policy.ts';
import type { NatsChannel } from './channel-place.ts';

const entrySchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  by: z.enum(['desk', 'policy']),
  kind: z.enum(['folder', 'nats']),
  /** Of a broker, its first server; how to get in stands in the policy and nowhere else. */
  path: z.string().max(4_000),
  /** A server somebody set up at this desk, as a policy would name it: files with secrets by their path alone. */
  server: policyChannelSchema.options[1].optional(),
  name: z.string().max(LIMITS.line),
  /** The knowledge base in it, once this desk was told whom to trust. */
  kb: kbSchema.optional(),
  /** Higher decides over lower, where two bases have the same record. */
  order: z.int().min(0).max(1_000),
});
export type ChannelEntry = z.infer<typeof entrySchema>;

const fileSchema = z.strictObject({ v: z.literal(1), desk: deskIdSchema, channels: z.array(entrySchema).max(30) });

/** What comes first decides, so each further channel begins below all others. */
const HIGHEST = 500;
export const MOST_CHANNELS = 20;
const DESK_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export type DeskChannels = {
  /** Random and made once: channels know the desk by nothing else. */
  desk: string;
  list(): readonly ChannelEntry[];
  add(path: string): ChannelEntry | undefined;
  /** Undefined when it is a channel already. */
  addServer(server: NatsChannel): ChannelEntry | undefined;
  remove(id: string): void;
  setKb(id: string, kb: string | undefined): void;
  /** Ranks knowledge bases: the first one named decides over the next. Returns the rank of each. */
  rank(kbs: readonly string[]): { kb: string; order: number }[];
  /** Makes the policy's channels channels of this desk, and takes away those it no longer names. True when something changed. */
  syncPolicy(channels: readonly PolicyChannel[]): boolean;
};

/** Which channels this desk looks at. A file that cannot be read is kept beside and begun anew; trust and knowledge lie elsewhere. */
export function openDeskChannels(file: string, warn: (message: string) => void): DeskChannels {
  let state = read(file, warn);
  const save = (channels: readonly ChannelEntry[]): void => {
    state = { ...state, channels: [...channels] };
    writeFileAtomic(file, `${JSON.stringify(state, null, 2)}\n`);
  };
  if (!existsSync(file)) save(state.channels);
  const nextOrder = (channels: readonly ChannelEntry[]): number => Math.max(0, Math.min(HIGHEST + 1, ...channels.map(({ order }) => order)) - 1);

  return {
    desk: state.desk,
    list: () => state.channels,
    add: (path) => {
      if (state.channels.some((one) => one.path === path)) return undefined;
      const entry: ChannelEntry = { id: randomUUID(), by: 'desk', kind: 'folder', path, name: basename(path).slice(0, LIMITS.line), order: nextOrder(state.channels) };
      save([...state.channels, entry]);
      return entry;
    },
    addServer: (server) => {
      const id = policyChannelId(server).replace('policy-', 'desk-');
      if (state.channels.some((one) => one.id === id || one.id === policyChannelId(server))) return undefined;
      const path = server.servers[0] ?? '';
      const entry: ChannelEntry = { id, by: 'desk', kind: 'nats', path, server, name: (server.name ?? path).slice(0, LIMITS.line), order: nextOrder(state.channels) };
      save([...state.channels, entry]);
      return entry;
    },
    remove: (id) => save(state.channels.filter((one) => one.id !== id)),
    setKb: (id, kb) => save(state.channels.map(({ kb: _before, ...one }) => (one.id !== id ? { ...one, ...(_before === undefined ? {} : { kb: _before }) } : { ...one, ...(kb === undefined ? {} : { kb }) }))),
    rank: (kbs) => {
      const orders = new Map(kbs.map((kb, at) => [kb, HIGHEST - at]));
      save(state.channels.map((one) => ({ ...one, order: (one.kb === undefined ? undefined : orders.get(one.kb)) ?? one.order })));
      return [...orders].map(([kb, order]) => ({ kb, order }));
    },
    syncPolicy: (wanted) => {
      const ids = new Set(wanted.map(policyChannelId));
      const kept = state.channels.filter((one) => one.by === 'desk' || ids.has(one.id));
      const next = [...kept];
      for (const channel of wanted) {
        const known = policyChannelId(channel);
        if (next.some((one) => one.id === known)) continue;
        const place = channel.type === 'folder' ? channel.path : (channel.servers[0] ?? '');
        const name = channel.name ?? (channel.type === 'folder' ? basename(place) : place);
        next.push({ id: known, by: 'policy', kind: channel.type, path: place, name: name.slice(0, LIMITS.line), order: nextOrder(next) });
      }
      if (next.length === state.channels.length && kept.length === state.channels.length) return false;
      save(next);
      return true;
    },
  };
}

/** The same channel of a policy has the same id at every start. */
export function policyChannelId(channel: PolicyChannel): string {
  // Folders keep the ids they had before there were brokers.
  const what = channel.type === 'folder' ? channel.path : `nats ${channel.servers.join(' ')} ${channel.prefix ?? ''}`;
  return `policy-${createHash('sha256').update(what).digest('hex').slice(0, 16)}`;
}

function read(file: string, warn: (message: string) => void): z.infer<typeof fileSchema> {
  if (existsSync(file)) {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      warn('the list of channels could not be read; it was set aside and is begun anew');
      renameSync(file, `${file}.damaged`);
    }
  }
  const desk = `desk-${Array.from(randomBytes(12), (byte) => DESK_LETTERS[byte % DESK_LETTERS.length] ?? 'a').join('')}`;
  return { v: 1, desk, channels: [] };
}
