import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Signature, SignedChange } from '#shared/domain/packs/change.ts';
import type { KeyId } from '#shared/domain/packs/keys.ts';
import { isGenuine, isGenuineSoon, isMadeHere, keyRing } from './dsse.ts';
import type { OpenContext } from './open-change.ts';
import { createTalk, type Talk, type ThreadPort } from './thread-talk.ts';

/** Public keys by which signatures are told genuine. */
export type SignatureKeys = readonly { id: KeyId; publicKey: string }[];

/** A text and the signatures under it that are to be checked. */
export type ToCheck = Pick<SignedChange, 'payloadType' | 'text'> & { signatures: readonly Signature[] };

/** Says of each signature of each text whether it is genuine. */
export type CheckSignatures = (texts: readonly ToCheck[]) => Promise<boolean[][]>;

export type SignatureThreads = { check: CheckSignatures; close(): void };

/**
 * Threads a whole pack is checked on besides the one that reads the records, so that at least one core is always free for the
 * agent: a keystroke is saved by several processes one after the other, and each would wait for its turn. None on two cores.
 */
const threadsFor = (cores: number): number => Math.max(0, Math.min(2, cores - 2));

/** Checks on the very thread that asks: where one core is all that may be used. */
function checkHere(ring: OpenContext['ring'], texts: readonly ToCheck[]): boolean[][] {
  return texts.map(({ payloadType, text, signatures }) => {
    const payload = Buffer.from(text);
    return signatures.map((signature) => {
      const key = ring(signature.keyid);
      return key !== undefined && isGenuine(key, payloadType, payload, signature);
    });
  });
}

/** The same on the threads Node keeps for everybody: for few signatures, and where no thread can be had. */
export function checkSoon({ ring }: Pick<OpenContext, 'ring'>): CheckSignatures {
  return (texts) => Promise.all(texts.map(({ payloadType, text, signatures }) => {
    const payload = Buffer.from(text);
    return Promise.all(signatures.map((signature) => {
      const key = ring(signature.keyid);
      if (key === undefined || isMadeHere(signature, payloadType, text)) return Promise.resolve(key !== undefined);
      return isGenuineSoon(key, payloadType, payload, signature);
    }));
  }));
}

/**
 * Threads that check signatures and nothing else, a batch at a time: two of them get through a pack a quarter sooner than
 * Node's own four, which are woken for every single signature. A thread that ends, or cannot be had, leaves its work to
 * whoever asks.
 * @param start starts a thread that serves `serveSignatures`
 */
export function openSignatureThreads(start: () => Pick<Worker, 'postMessage' | 'on' | 'terminate' | 'unref'>, keys: SignatureKeys, count = threadsFor(availableParallelism())): SignatureThreads {
  const known = keyRing(keys);
  const instead: CheckSignatures = async (texts) => checkHere(known, texts);
  const threads = Array.from({ length: count }, () => {
    const worker = start();
    const talk: Talk = createTalk(worker, async () => ({ value: undefined }));
    const lost = (): void => talk.end(new Error('a thread that checks signatures ended'));
    worker.on('error', lost);
    worker.on('exit', lost);
    const thread = { worker, talk, busy: 0 };
    // A thread that knows no keys would call every signature false.
    talk.ask('keys', keys.map(({ id, publicKey }) => ({ id, publicKey }))).catch(() => talk.end(new Error('a thread that checks signatures has no keys')));
    return thread;
  });
  return {
    check: async (texts) => {
      const [thread] = threads.toSorted((a, b) => a.busy - b.busy);
      if (thread === undefined || texts.length === 0) return instead(texts);
      thread.busy += 1;
      try {
        return (await thread.talk.ask('check', texts)) as boolean[][];
      } catch {
        // The answer decides about trust and never about whether a thread was there to give it.
        thread.busy = Infinity;
        return await instead(texts);
      } finally {
        thread.busy -= 1;
      }
    },
    close: () => {
      for (const { worker } of threads) void worker.terminate();
    },
  };
}

/** The thread's own end. */
export function serveSignatures(port: ThreadPort): void {
  let ring = keyRing([]);
  createTalk(port, async (what, input) => {
    if (what === 'keys') {
      ring = keyRing(input as SignatureKeys);
      return { value: undefined };
    }
    const texts = input as readonly ToCheck[];
    return { value: checkHere(ring, texts) };
  });
}
