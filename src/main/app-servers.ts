import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { policyChannelSchema } from '#shared/domain/policy.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { PickedFile, ServerForm } from '#shared/ipc/delivery.ts';
import { checkNats, MOST_CHANNELS, natsPlace, type ChannelEntry, type ChannelPlace, type DeskChannels, type NatsChannel } from './features/channels/index.ts';

type Routes = 'channels.pick-file' | 'channels.add-server' | 'channels.try-server';

export type ServersParts = {
  config: DeskChannels;
  /** The place of a channel, with its secrets. */
  placeOf: (entry: ChannelEntry) => ChannelPlace;
  askFile: (what: 'key' | 'authority') => Promise<string | undefined>;
  /** A sign of life of this desk: what is written for the trial. */
  presence: () => Promise<{ name: string; bytes: Uint8Array }>;
  follow: () => void;
};

/** Key and certificate files are short; more is another file. */
const MOST_BYTES = 256 * 1024;

/** Servers set up at a desk. Files are picked in a dialog of the system and named by number: no page can make this read another. */
export function createServers({ config, placeOf, askFile, presence, follow }: ServersParts): Pick<Handlers<AppContract, 'main'>, Routes> {
  const picked = new Map<string, PickedFile>();
  const channelOf = ({ servers, user, prefix, key, authority }: ServerForm): NatsChannel | undefined => {
    const keyFile = key === undefined ? undefined : picked.get(key);
    const caFile = authority === undefined ? undefined : picked.get(authority);
    const parsed = policyChannelSchema.safeParse({
      type: 'nats',
      servers: servers.map(withScheme),
      ...(user === undefined || user === '' ? {} : { user }),
      ...(prefix === undefined || prefix === '' ? {} : { prefix }),
      ...(keyFile === undefined ? {} : keyFile.holds === 'credentials' ? { credentialsFile: keyFile.path } : { nkeyFile: keyFile.path }),
      ...(caFile === undefined ? {} : { caFile: caFile.path }),
    });
    return parsed.success && parsed.data.type === 'nats' ? parsed.data : undefined;
  };
  const tried = async (place: ChannelPlace) => (place.kind === 'nats' ? checkNats(place, await presence()) : null);

  return {
    'channels.pick-file': async ({ what }) => {
      const path = await askFile(what);
      if (path === undefined) return null;
      const holds = holdsWhat(path);
      const user = what === 'key' && holds !== 'other' ? basename(path).replace(/\.[^.]*$/, '') : undefined;
      const file: PickedFile = { id: randomUUID(), path, holds, ...(user === undefined || !/^[\w-]{1,60}$/.test(user) ? {} : { user }) };
      picked.set(file.id, file);
      return file;
    },
    'channels.add-server': (form) => {
      if (config.list().length >= MOST_CHANNELS) return { added: false, reason: 'too-many' };
      const channel = channelOf(form);
      if (channel === undefined) return { added: false, reason: channelOf({ ...form, prefix: undefined }) === undefined ? 'bad-address' : 'bad-prefix' };
      const entry = config.addServer(channel);
      if (entry === undefined) return { added: false, reason: 'already-there' };
      follow();
      return { added: true, id: entry.id };
    },
    'channels.try-server': async (input) => {
      if ('id' in input) {
        const entry = config.list().find(({ id }) => id === input.id);
        return entry === undefined ? null : tried(placeOf(entry));
      }
      const channel = channelOf(input.form);
      if (channel === undefined) return null;
      const found = natsPlace({ ...channel, user: channel.user ?? config.desk });
      return found.ok ? tried(found.place) : [{ step: 'sign-in', state: 'failed', why: 'bad-file', detail: found.file }];
    },
  };
}

/** Without a scheme it is TLS: nobody means to send knowledge in the clear. */
function withScheme(address: string): string {
  const plain = address.trim();
  return plain.includes('://') ? plain : `tls://${plain}`;
}

function holdsWhat(path: string): PickedFile['holds'] {
  try {
    if (statSync(path).size > MOST_BYTES) return 'other';
    const text = readFileSync(path, 'utf8');
    if (/^SU[A-Z2-7]{56}$/.test(text.trim())) return 'seed';
    if (text.includes('-----BEGIN NATS USER JWT-----')) return 'credentials';
    return text.includes('-----BEGIN CERTIFICATE-----') ? 'certificates' : 'other';
  } catch {
    return 'other';
  }
}
