import type { ChangeSource, LiveEvent } from '#main/features/channels/index.ts';

export type Unruly = {
  /** Share of messages that never arrive, arrive twice, or arrive late. */
  lost: number;
  twice: number;
  late: number;
  random: () => number;
};

/** A channel whose messages get lost, come twice and overtake each other between the server and the desk, without a word about it. */
export function unruly(source: ChangeSource, { lost, twice, late, random }: Unruly): ChangeSource {
  const { live } = source;
  if (live === undefined) throw new Error('this channel carries no single changes');
  return {
    ...source,
    live: {
      ...live,
      subscribe: (listener) =>
        live.subscribe((event: LiveEvent) => {
          // The gaps a client would see are hidden, too: only the head can tell.
          if (event.kind === 'gap') return;
          if (event.kind !== 'change') return listener(event);
          if (random() < lost) return;
          const times = random() < twice ? 3 : 1;
          for (let time = 0; time < times; time += 1) {
            if (random() < late) setTimeout(() => listener(event), random() * 120);
            else listener(event);
          }
        }),
      async *after(from, batchBytes) {
        for await (const { changes, position } of live.after(from, batchBytes)) yield { changes: [...changes, ...changes].toSorted(() => random() - 0.5), position };
      },
    },
  };
}
