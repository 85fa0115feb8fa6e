/** Where things lie in a channel. Everything but the time stamp and the hand-over is written once and never changed. */
export const TIMESTAMP = 'metadata/timestamp.json';
export const rootName = (version: number): string => `metadata/${version}.root.json`;
export const snapshotName = (version: number): string => `metadata/${version}.snapshot.json`;
export const targetsName = (version: number): string => `metadata/${version}.targets.json`;
export const releasesName = (version: number): string => `metadata/${version}.releases.json`;
/** The delegated TUF role that lists packs and releases. */
export const RELEASES = 'releases';
export const packName = (release: number): string => `pack-${release}.ndjson.gz`;
export const releaseName = (release: number): string => `release-${release}.json`;
/** A target with its hash in front, so that an old and a new one never share a name. */
export const targetName = (name: string, sha256: string): string => `targets/${sha256}.${name}`;
