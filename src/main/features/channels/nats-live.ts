import type { Msg } from '@nats-io/transport-node';
import type { JudgeLive, LiveChange, LiveChanges, LiveEvent, WriteOutcome } from './change-source.ts';
import type { NatsFiles } from './nats-files.ts';
import type { NatsLink } from './nats-link.ts';
import { EPOCH, type NatsNames } from './nats-names.ts';

/** Messages of one batch at most. */
const BATCH = 512;
/** Publishers meeting at one record more often than this are at war. */
const MOST_TRIES = 10;
const VERSION = 'Callside-Version';
/** Room left in a message for its headers and subject, bytes. */
const HEADERS = 4_096;

/** Single changes: heard as they happen on one plain subscription, caught up with by batched Direct Get. */
export function createNatsLive(link: NatsLink, names: NatsNames, files: NatsFiles): LiveChanges {
  const where: LiveChanges['position'] = async () => {
    const info = await files.info(names.changes, 'none');
    if (!info.ok) return undefined;
    const { created, state, ts, config } = info.value;
    const now = ts === undefined ? Number.NaN : Date.parse(ts);
    // A stream that was made anew counts from one again: only its birth tells them apart. A site's mirror counts as the hub does.
    return { epoch: config?.metadata?.[EPOCH] ?? created, seq: state.last_seq, ...(Number.isNaN(now) ? {} : { now }) };
  };

  return {
    position: where,
    async *after(from, batchBytes) {
      const end = await where();
      if (end === undefined || end.epoch !== from.epoch) return;
      for (let at = from.seq; at < end.seq; ) {
        const changes: LiveChange[] = [];
        let last = at;
        const answer = await link.askMany(`$JS.API.DIRECT.GET.${names.changes}`, JSON.stringify({ seq: at + 1, batch: BATCH, max_bytes: batchBytes, next_by_subj: '>' }), (message) => {
          const seq = Number(message.headers?.get('Nats-Sequence'));
          last = Math.max(last, seq);
          const change = toChange(message.headers?.get('Nats-Subject') ?? '', seq, message);
          if (change !== undefined) changes.push(change);
        });
        if (!answer.ok && answer.why !== 'absent') return;
        await link.spend(sizeOf(changes));
        // Nothing came: what lay between was replaced by later values.
        at = last === at ? end.seq : last;
        yield { changes, position: { epoch: end.epoch, seq: at } };
      }
    },
    async *bucket(at, batchBytes) {
      for (let seq = 0; ; ) {
        const changes: LiveChange[] = [];
        let last = seq;
        const answer = await link.askMany(`$JS.API.DIRECT.GET.${names.changes}`, JSON.stringify({ seq: seq + 1, batch: BATCH, max_bytes: batchBytes, next_by_subj: names.ofBucket(at) }), (message) => {
          const found = Number(message.headers?.get('Nats-Sequence'));
          last = Math.max(last, found);
          const change = toChange(message.headers?.get('Nats-Subject') ?? '', found, message);
          if (change !== undefined) changes.push(change);
        });
        if (!answer.ok || last === seq) return;
        await link.spend(sizeOf(changes));
        seq = last;
        yield changes;
      }
    },
    announce: async (changes, head, judge) => {
      for (const change of changes) {
        const outcome = await putNewer(names.record(change.name), change, (bytes) => judge?.(change.name, bytes), judge !== undefined, false);
        if (outcome.state !== 'written') return outcome;
      }
      if (head === undefined) return { state: 'written' };
      return putNewer(names.head(head.kb), head, (bytes) => judge?.(undefined, bytes), judge !== undefined, true);
    },
    mostBytes: async () => (await link.maxPayload()) - HEADERS,
    head: async (kb) => {
      const found = await files.last(names.changes, names.head(kb));
      return found.ok ? found.value.message.data : undefined;
    },
    subscribe: (listener) => {
      let expected: number | undefined;
      const tell = (event: LiveEvent): void => listener(event);
      const stopEvents = link.onEvent((event) => {
        // What passed while away was not heard.
        expected = undefined;
        tell({ kind: event === 'up' ? 'connected' : 'disconnected' });
      });
      const stopMessages = link.listen(names.live, (message) => {
        const seq = Number(message.headers?.get('Nats-Sequence'));
        const subject = message.headers?.get('Nats-Subject') ?? '';
        if (!Number.isFinite(seq) || seq <= 0) return;
        if (expected !== undefined && seq > expected) tell({ kind: 'gap' });
        // A late or repeated message never moves the count back.
        expected = Math.max(expected ?? 0, seq + 1);
        if (names.isHead(subject)) tell({ kind: 'head', bytes: message.data });
        else {
          const change = toChange(subject, seq, message);
          if (change !== undefined) tell({ kind: 'change', change });
        }
      });
      return () => {
        stopEvents();
        stopMessages();
      };
    },
  };

  /** Compare and set: of two publishers the later version stays, whatever the order their messages arrive in. */
  async function putNewer(subject: string, { ver, bytes }: { ver: number; bytes: Uint8Array }, judge: (bytes: Uint8Array) => ReturnType<JudgeLive>, judged: boolean, again: boolean): Promise<WriteOutcome> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const there = await files.last(names.changes, subject);
      if (!there.ok && there.why !== 'absent') return { state: there.why === 'refused' ? 'read-only' : 'gone' };
      const { message } = there.ok ? there.value : { message: undefined };
      // What a writer says of itself in a header is worth as little as the writer.
      const found = message === undefined ? undefined : judged ? judge(message.data) : Number(message.headers?.get(VERSION));
      if (found !== undefined && (found > ver || (found === ver && !again))) return { state: 'written' };
      const put = await files.put(subject, bytes, { [VERSION]: String(ver), 'Nats-Expected-Last-Subject-Sequence': String(there.ok ? there.value.seq : 0) });
      if (put.ok) return { state: 'written' };
      if (put.why !== 'conflict') return { state: put.why === 'refused' ? 'read-only' : put.why === 'full' ? 'full' : 'gone' };
    }
    return { state: 'busy' };
  }

  function toChange(subject: string, seq: number, message: Msg): LiveChange | undefined {
    const key = names.keyOf(subject);
    return key === undefined || !Number.isFinite(seq) ? undefined : { seq, name: key, bytes: message.data };
  }
}

const sizeOf = (changes: readonly LiveChange[]): number => changes.reduce((sum, { bytes }) => sum + bytes.length, 0);
