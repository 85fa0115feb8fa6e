/** News this close together are melted into one (ms), once there are more than a screen can use. */
const EVERY_MS = 200;
const FREE_PER_SECOND = 20;

/**
 * Passes news on at once while there are few. In a storm only the newest goes, a few times a second:
 * each is a hint to read again, and reading again once shows everything.
 */
export function createCalm<T>(send: (news: T) => void, now: () => number): (news: T) => void {
  let second = 0;
  let count = 0;
  let latest: { news: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (news) => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      count = 0;
    }
    count += 1;
    if (count <= FREE_PER_SECOND && timer === undefined) {
      send(news);
      return;
    }
    latest = { news };
    timer ??= setTimeout(() => {
      timer = undefined;
      const last = latest;
      latest = undefined;
      if (last !== undefined) send(last.news);
    }, EVERY_MS);
  };
}
