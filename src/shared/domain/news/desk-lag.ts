/** Desks not heard of for longer than this are taken for gone: they are listed and counted nowhere (ms). */
export const SILENT_MS = 30 * 86_400_000;
/** A desk on a live channel says every few minutes that it is there; heard of within this time it counts as there (ms). */
export const THERE_MS = 10 * 60_000;

type Desk = { seenAt: number; releases: readonly { source: string; release: number }[] };
type Base = { source: string; newest: number; published: readonly { release: number; at: number }[] };

/** How far a desk is behind: the most releases in any of its bases, and since when it could have had the next one (UTC ms). */
export type Lag = { kind: 'nothing' } | { kind: 'newest' } | { kind: 'behind'; releases: number; since: number | undefined };

export function lagOf(desk: Desk, bases: readonly Base[]): Lag {
  if (desk.releases.length === 0) return { kind: 'nothing' };
  let worst: Extract<Lag, { kind: 'behind' }> | undefined;
  for (const { source, release } of desk.releases) {
    const base = bases.find((one) => one.source === source);
    const releases = (base?.newest ?? release) - release;
    if (releases <= (worst?.releases ?? 0)) continue;
    worst = { kind: 'behind', releases, since: base?.published.find((one) => one.release === release + 1)?.at };
  }
  return worst ?? { kind: 'newest' };
}

/** Where an announcement has got to. `all`: desks heard of lately that it is for and that run the base it is in, or have nothing yet. */
export type Reach = { all: number; have: number; acknowledged: number; /** It is for other teams or queues than theirs: not counted. */ others: number; /** Not heard of for long, and not counted. */ silent: number };

export function reachOf(desks: readonly (Desk & { acknowledgedAt?: number | undefined; meant?: boolean | undefined })[], asked: { source: string; release: number }, now: number): Reach {
  const reach: Reach = { all: 0, have: 0, acknowledged: 0, others: 0, silent: 0 };
  for (const desk of desks) {
    const own = desk.releases.find(({ source }) => source === asked.source);
    if (own === undefined && desk.releases.length > 0) continue;
    if (now - desk.seenAt > SILENT_MS) {
      reach.silent += 1;
      continue;
    }
    if (desk.meant === false) {
      reach.others += 1;
      continue;
    }
    reach.all += 1;
    if (own !== undefined && own.release >= asked.release) reach.have += 1;
    if (desk.acknowledgedAt !== undefined) reach.acknowledged += 1;
  }
  return reach;
}

/** Whether something is for some teams or queues only. */
export const isAimed = ({ targets }: { targets?: { teams?: readonly string[] | undefined; queues?: readonly string[] | undefined } | undefined }): boolean => (targets?.teams ?? []).length + (targets?.queues ?? []).length > 0;
