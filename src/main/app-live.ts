import { announceNewest, reviveRelease, type ChangeSource } from './features/channels/index.ts';
import type { PublisherParts, RepositoryWriter, TrustStore } from './features/packs/index.ts';
import type { Logger } from './lib/logger.ts';

/** How a place this desk publishes to is written where it is not a folder: the id of one of its channels. */
const CHANNEL = 'channel:';
export const placeOfChannel = (id: string): string => `${CHANNEL}${id}`;
/** The channel a publishing place stands for; undefined for a folder. */
export const channelOfPlace = (place: string): string | undefined => (place.startsWith(CHANNEL) ? place.slice(CHANNEL.length) : undefined);

/** A channel that may come and go while somebody publishes to it: each question goes to the one that is there then. */
export function lasting(find: () => ChangeSource | undefined): RepositoryWriter {
  const gone = { state: 'gone' } as const;
  return {
    read: async (name, limit) => (await find()?.read(name, limit)) ?? gone,
    list: async (folder) => (await find()?.list(folder)) ?? gone,
    write: async (name, bytes) => (await find()?.write(name, bytes)) ?? gone,
    remove: async (name) => (await find()?.remove(name)) ?? gone,
    publish: async (release) => (await find()?.publish(release)) ?? gone,
  };
}

/** What a publisher does more where the channel carries single changes: refuses what it could not carry, and tells desks what changed. */
export function livePublishing(find: () => ChangeSource | undefined, store: TrustStore, log: Pick<Logger, 'warn'>): Pick<PublisherParts, 'recordLimit' | 'published'> {
  return {
    recordLimit: async () => find()?.live?.mostBytes(),
    published: async (kb, changes) => {
      const source = find();
      if (source?.live === undefined) return;
      const told = await announceNewest({ source, store, kb }, changes);
      // The release is out: desks find it by themselves, and the next head says what is missing.
      if (told.state !== 'announced') log.warn('a release was published, but its changes could not be told one by one', { state: told.state });
    },
  };
}

/** Between two looks of a supervisor's desk after the channel it publishes to (ms), give or take half. */
const REPEAT_MS = 240_000;

export type HeadRepeater = { start(): void; close(): void };

/**
 * Says the signed head again every few minutes while this supervisor's desk is on, so that every desk can see that
 * nothing is missing; and brings back what a server lost when it was set back. Needs no key. Where another desk has just
 * said it, this one keeps quiet.
 */
export function createHeadRepeater({ place, find, store, log, random = Math.random }: { place: () => { kb: string; channel: string } | undefined; find: (channel: string) => ChangeSource | undefined; store: () => TrustStore | undefined; log: Pick<Logger, 'warn' | 'info'>; random?: () => number }): HeadRepeater {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let listening: { source: ChangeSource; stop: () => void } | undefined;
  let heardAt = 0;

  const listen = (source: ChangeSource): void => {
    if (listening?.source === source) return;
    listening?.stop();
    const stop = source.live?.subscribe((event) => {
      if (event.kind === 'head') heardAt = Date.now();
    });
    listening = { source, stop: stop ?? (() => undefined) };
  };
  const look = async (): Promise<void> => {
    const at = place();
    const source = at === undefined ? undefined : find(at.channel);
    const kept = store();
    if (at === undefined || source?.live === undefined || kept === undefined) return;
    listen(source);
    if ((await source.state()).state !== 'ready') return;
    const parts = { source, store: kept, kb: at.kb };
    if (await reviveRelease(parts)) log.info('the channel was set back; the newest release was brought again', { kb: at.kb });
    if (Date.now() - heardAt < REPEAT_MS / 2) return;
    const told = await announceNewest(parts);
    if (told.state !== 'announced' && told.state !== 'nothing') log.warn('the head of a channel could not be repeated', { state: told.state });
  };
  const next = (): void => {
    timer = setTimeout(() => {
      void look()
        .catch((cause: unknown) => log.warn('the channel this desk publishes to could not be looked after', { error: String(cause) }))
        .finally(next);
    }, REPEAT_MS * (0.5 + random()));
  };
  return {
    start: next,
    close: () => {
      clearTimeout(timer);
      listening?.stop();
    },
  };
}
