import { assertPlainName, type ChangeSource } from './change-source.ts';
import { createNatsDesks } from './nats-desks.ts';
import { createNatsFiles } from './nats-files.ts';
import { createNatsLive } from './nats-live.ts';
import { openLink } from './nats-link.ts';
import { DEFAULT_PREFIX, natsNames } from './nats-names.ts';
import type { NatsOptions } from './nats-options.ts';

/** A connection that comes back within this time was never away (ms). */
const BLIP_MS = 1_000;

/** A channel on a NATS JetStream server. The broker carries bytes and is not trusted: what it hands over is verified like a file from a stick. */
export function openNats(options: NatsOptions): ChangeSource {
  const link = openLink(options);
  const names = natsNames(options.prefix ?? DEFAULT_PREFIX, options.user ?? 'desk');
  const files = createNatsFiles(link, names);
  return {
    kind: 'nats',
    state: async () => {
      if (!(await link.isUp(BLIP_MS))) return { state: 'gone' };
      const info = await files.info(names.files, 'none');
      return info.ok ? { state: 'ready', writable: true } : { state: 'gone' };
    },
    read: async (name, limit) => {
      assertPlainName(name);
      const { seq: _seq, ...outcome } = await files.read(name, limit);
      return outcome;
    },
    list: (folder) => {
      assertPlainName(folder);
      return files.list(folder);
    },
    // Single changes are none of its business: they come with a release, and who follows them hears them by itself.
    watch: (listener) => {
      const stops = [
        link.onEvent((event) => listener(event === 'up' ? 'back' : 'gone')),
        link.listen(names.liveFiles, () => listener('changed')),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    write: async (name, bytes) => {
      assertPlainName(name);
      return files.write(name, bytes);
    },
    remove: async (name) => {
      assertPlainName(name);
      return files.remove(name);
    },
    publish: async (release) => {
      for (const { name } of [...release.files, release.head]) assertPlainName(name);
      return files.publish(release);
    },
    live: createNatsLive(link, names, files),
    desks: createNatsDesks(link, names, files),
    limit: link.limit,
    close: () => link.close(),
  };
}
