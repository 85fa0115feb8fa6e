import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity, Writing } from './app-workshop.ts';
import { askWorkshop } from './app-workshop.ts';
import type { createReleases } from './app-releases.ts';
import type { createReviewRoom, ReviewDesk, WritingDesk } from './app-review.ts';
import type { TrustDesk } from './features/packs/index.ts';
import type { Logger } from './lib/logger.ts';
import type { Host } from './processes/host.ts';

export type WritingParts = {
  dataDir: string;
  /** Keys and trust of this desk, loaded at the first need. */
  packs: { load(): Promise<{ desk: TrustDesk }>; writingAs(): Identity | undefined };
  knowledge: Pick<Host, 'call'>;
  checkChannel: () => Promise<void>;
  changed: () => void;
  log: Pick<Logger, 'warn'>;
};

/** After the first picture: a desk that writes looks for reviews this much later (ms). */
const FIRST_LOOK_MS = 5_000;

/** The writing side of this desk. Nothing of it is loaded on a desk that never opens the workshop. */
export function createWriting({ dataDir, packs, knowledge, checkChannel, changed, log }: WritingParts) {
  type Loaded = { review: ReviewDesk; releases: ReturnType<typeof createReleases>; desk: TrustDesk };
  let loading: Promise<Loaded> | undefined;
  let first: ReturnType<typeof setTimeout> | undefined;

  const load = (): Promise<Loaded> =>
    (loading ??= (async () => {
      const [{ desk }, { createReviewRoom: makeRoom }, { createReleases: makeReleases }] = await Promise.all([packs.load(), import('./app-review.ts'), import('./app-releases.ts')]) as [{ desk: TrustDesk }, { createReviewRoom: typeof createReviewRoom }, { createReleases: typeof createReleases }];
      const parts = { desk: desk satisfies WritingDesk, ask: askWorkshop(knowledge), checkChannel, changed, log };
      const review = makeRoom({ ...parts, identity: packs.writingAs });
      review.start();
      return { review, releases: makeReleases(parts), desk };
    })());

  return {
    writing: async (): Promise<Writing> => {
      const { review, releases, desk } = await load();
      const place = desk.place() !== undefined;
      return { identity: packs.writingAs(), room: place ? review : undefined, releases: place ? releases : undefined };
    },
    start: () => {
      // Proposals and answers come in by themselves where somebody has written before.
      if (existsSync(join(dataDir, 'publishing.json'))) first = setTimeout(() => void load().catch((cause: unknown) => log.warn('keys and trust could not be opened', { error: String(cause) })), FIRST_LOOK_MS);
    },
    /** A release came in use: what it brought is no longer under review. */
    released: () => void loading?.then(({ review }) => review.look()),
    close: () => {
      clearTimeout(first);
      void loading?.then(({ review }) => review.close());
    },
  };
}
