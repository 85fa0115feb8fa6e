/** Either end of a thread: a `Worker`, or what its code finds as `parentPort`. */
export type ThreadPort = { postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void; on(event: 'message', listener: (message: unknown) => void): unknown };

type Message =
  | { type: 'ask'; id: number; what: string; input: unknown }
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; message: string; stack: string | undefined };

/** Answers what the other end asks. Large bytes in what it gives go over without being copied when they are named in `transfer`. */
export type Answer = (what: string, input: unknown) => Promise<{ value: unknown; transfer?: readonly ArrayBuffer[] }>;

export type Talk = {
  /** Asks the other end; rejects with what it threw. */
  ask(what: string, input: unknown, transfer?: readonly ArrayBuffer[]): Promise<unknown>;
  /** Rejects everything that waits for an answer, and whatever is asked later. */
  end(cause: Error): void;
};

/** Questions and answers over the two ends of a thread, both ways at the same time. */
export function createTalk(port: ThreadPort, answer: Answer): Talk {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>();
  let next = 0;
  let over: Error | undefined;

  const give = async ({ id, what, input }: Extract<Message, { type: 'ask' }>): Promise<void> => {
    try {
      const { value, transfer } = await answer(what, input);
      port.postMessage({ type: 'answer', id, ok: true, value } satisfies Message, transfer);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      port.postMessage({ type: 'answer', id, ok: false, message: error.message, stack: error.stack } satisfies Message);
    }
  };
  port.on('message', (raw) => {
    const message = raw as Message;
    if (message.type === 'ask') return void give(message);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) asked?.resolve(message.value);
    else asked?.reject(Object.assign(new Error(message.message), message.stack === undefined ? {} : { stack: message.stack }));
  });
  return {
    ask: (what, input, transfer) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(over);
        const id = next++;
        waiting.set(id, { resolve, reject });
        port.postMessage({ type: 'ask', id, what, input } satisfies Message, transfer);
      }),
    end: (cause) => {
      over = cause;
      for (const { reject } of waiting.values()) reject(cause);
      waiting.clear();
    },
  };
}

/** Bytes that may leave for another thread, and what is transferred with them: long ones that fill their memory go as they are and are gone here, others as a copy of exactly themselves. */
export function toSend(bytes: Uint8Array): { bytes: Uint8Array; transfer: ArrayBuffer[] } {
  const { buffer, byteLength } = bytes;
  const whole = byteLength >= LONG && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  // A short buffer is a view of memory it shares with others, and sending it would send all of that.
  const own = whole ? new Uint8Array(buffer) : new Uint8Array(bytes);
  return { bytes: own, transfer: [own.buffer as ArrayBuffer] };
}

/** From here on a copy takes longer than a keystroke should wait (bytes). */
const LONG = 1_048_576;
