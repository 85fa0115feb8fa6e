/**
 * A desk reads from a server over up to three connections: its own (time stamps, answers to flags, what a supervisor sees of desks), that of the process
 * that follows single changes, and, while a release is looked at, that of the process that fetches it. Together they ask
 * for no more than the limit somebody set for the line, so each has a share of it; while a release is fetched the changes
 * take less. The sum of what may be used at one moment is never above 1.
 */
export const LINE = { own: 0.2, live: 0.8, liveMeanwhile: 0.1, release: 0.7 } as const;

/** A share of the limit of a line (bytes per second) for one of `channels` that follow at the same time; undefined: no limit. */
export function shareOf(bytesPerSecond: number | null, share: number, channels = 1): number | undefined {
  return bytesPerSecond === null ? undefined : Math.max(1, Math.floor((bytesPerSecond * share) / Math.max(1, channels)));
}
