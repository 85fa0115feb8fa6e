import { BaseFetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { FileSource } from './ports.ts';

/** The library thinks in addresses; this one leads nowhere and only carries names. */
const BASE = 'channel://callside/';
const METADATA_BASE = `${BASE}metadata`;

/** Lets the library read metadata from any channel, and remembers what went wrong on the way, because the library forgets. */
class ChannelFetcher extends BaseFetcher {
  /** Name of the file asked for last. */
  last = '';
  /** Why that file could not be had; undefined when it could, or was not there and need not be. */
  problem: PackRefusal | undefined;
  readonly #source: FileSource;

  constructor(source: FileSource) {
    super();
    this.#source = source;
  }

  override async downloadBytes(url: string, maxLength: number): Promise<Buffer> {
    const name = decodeURIComponent(url.slice(BASE.length));
    this.last = name;
    this.problem = undefined;
    const found = await this.#source.read(name, maxLength);
    switch (found.state) {
      case 'found':
        return Buffer.from(found.bytes);
      case 'absent':
        // Asking for the next root is how the library finds out that there is none.
        if (!name.endsWith('.root.json')) this.problem = { reason: 'missing-file', file: name };
        throw new DownloadHTTPError('not there', 404);
      case 'too-large':
        this.problem = { reason: 'too-large', file: name, limit: maxLength };
        throw new Error('too large');
      default:
        this.problem = { reason: 'unreadable', file: name };
        throw new Error(found.state);
    }
  }

  override fetch(): Promise<never> {
    return Promise.reject(new Error('Packs are not fetched through the library.'));
  }
}

/**
 * The library's workflow over a channel, in a folder that holds the metadata known so far. Loaded only
 * when a channel is looked at: the library takes 0.2 s to start.
 * @param at the instant expiry is judged by (UTC ms)
 */
export function openUpdater(folder: string, source: FileSource, at: number): { fetcher: Pick<ChannelFetcher, 'last' | 'problem'>; run(anyTarget: string): Promise<void> } {
  const fetcher = new ChannelFetcher(source);
  return {
    fetcher,
    run: async (anyTarget) => {
      const updater = new Updater({
        metadataDir: folder,
        metadataBaseUrl: METADATA_BASE,
        fetcher,
        config: { rootMaxLength: PACK_LIMITS.rootBytes, timestampMaxLength: PACK_LIMITS.timestampBytes, snapshotMaxLength: PACK_LIMITS.metadataBytes, targetsMaxLength: PACK_LIMITS.metadataBytes },
      });
      // The library takes the clock by itself and has no other way in.
      updater['trustedSet']['referenceTime'] = new Date(at);
      await updater.refresh();
      // Any name: looking one up makes the library load and check the delegated role.
      await updater.getTargetInfo(anyTarget);
    },
  };
}
