import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { natsClient } from './nats-client.ts';
import { connectionOptions, inboxOf, PATIENCE_MS, type NatsOptions } from './nats-options.ts';

const BLIP_STEP_MS = 50;
const MAX_PAYLOAD = 1_048_576;
/** However slow the line is made, an answer that has not come by then does not come (ms). */
const LONGEST_ASK_MS = 600_000;

/** What a question came to. `absent`: the server says there is none; `refused`: this user may not; `too-large`: longer than the server takes. */
export type Answer<T> = { ok: true; value: T } | { ok: false; why: 'absent' | 'refused' | 'gone' | 'full' | 'conflict' | 'too-large' };

/** Connection states this desk cares about, in the order they happen. */
export type LinkEvent = 'up' | 'down';

export type NatsLink = {
  /** True while connected; waits for a first connection up to `patienceMs`, and for one just lost up to `blipMs`. */
  isUp(blipMs?: number): Promise<boolean>;
  /** One request and its reply. Never throws. */
  ask(subject: string, data: Uint8Array | string, headers?: Readonly<Record<string, string>>): Promise<Answer<Msg>>;
  /** One request and all its replies up to the server's end mark. */
  askMany(subject: string, data: string, onMessage: (message: Msg) => void): Promise<Answer<undefined>>;
  /** A plain subscription that lives through reconnections. Returns what ends it. */
  listen(subject: string, onMessage: (message: Msg) => void): () => void;
  onEvent(listener: (event: LinkEvent) => void): () => void;
  /** A line with a limit: one thing is asked for at a time. */
  readonly slow: boolean;
  /** From now on so many bytes a second are asked for at most; undefined: as many as come. */
  limit(bytesPerSecond: number | undefined): void;
  /** Waits until these bytes, which were just read, have had their time on a slow line. */
  spend(bytes: number): Promise<void>;
  /** The longest message the server takes, headers included (bytes); the usual one while it is not known. */
  maxPayload(): Promise<number>;
  close(): Promise<void>;
};

/** One connection to the broker: tries for ever, tells what happens, and lets no exception of a listener end a reader. */
export function openLink(options: NatsOptions): NatsLink {
  const { patienceMs = PATIENCE_MS } = options;
  let rate = options.bytesPerSecond;
  // On a slow line the longest message takes its time.
  const patience = (): number => (rate === undefined ? patienceMs : Math.max(patienceMs, Math.min(LONGEST_ASK_MS, (2_000 * MAX_PAYLOAD) / rate)));
  const listeners = new Set<(event: LinkEvent) => void>();
  const refused = new Set<(subject: string) => void>();
  let connection: NatsConnection | undefined;
  let up = false;
  let closed = false;
  /** When the line of a desk with a limit is free again (UTC ms). */
  let freeAt = 0;

  const tell = (event: LinkEvent): void => {
    up = event === 'up';
    for (const listener of listeners) attempt(() => listener(event));
  };
  const follow = async (nc: NatsConnection): Promise<void> => {
    for await (const status of nc.status()) {
      if (status.type === 'disconnect' || status.type === 'staleConnection' || status.type === 'close') tell('down');
      else if (status.type === 'reconnect') tell('up');
      else if (status.type === 'error' && status.error instanceof natsClient().PermissionViolationError) for (const one of refused) one(status.error.subject);
    }
  };
  const connected = natsClient().connect(connectionOptions(options)).then(
    (nc) => {
      connection = nc;
      if (closed) return void nc.close();
      tell('up');
      void follow(nc).catch(() => undefined);
    },
    // The client tries for ever; it ends only for what no trying mends, such as a key that is none.
    () => undefined,
  );

  const isUp = async (blipMs = 0): Promise<boolean> => {
    if (connection === undefined) await Promise.race([connected, later(patienceMs)]);
    for (let waited = 0; !up && waited < blipMs; waited += BLIP_STEP_MS) await later(BLIP_STEP_MS);
    return up && connection !== undefined && !connection.isClosed();
  };

  return {
    isUp,
    ask: async (subject, data, headers) => {
      if (!(await isUp()) || connection === undefined) return { ok: false, why: 'gone' };
      let onRefused: ((at: string) => void) | undefined;
      const denied = new Promise<Answer<Msg>>((resolve) => {
        onRefused = (at) => at === subject && resolve({ ok: false, why: 'refused' });
        refused.add(onRefused);
      });
      const asked = connection.request(subject, data, { timeout: patience(), ...(headers === undefined ? {} : { headers: toHeaders(headers) }) }).then(
        (message): Answer<Msg> => judge(message),
        (cause: unknown): Answer<Msg> => ({ ok: false, why: whyNot(cause) }),
      );
      return Promise.race([asked, denied]).finally(() => onRefused !== undefined && refused.delete(onRefused));
    },
    askMany: async (subject, data, onMessage) => {
      const nc = connection;
      if (!(await isUp()) || nc === undefined) return { ok: false, why: 'gone' };
      const inbox = natsClient().createInbox(inboxOf(options));
      return new Promise((resolve) => {
        const finish = (answer: Answer<undefined>): void => {
          clearTimeout(timer);
          sub.unsubscribe();
          resolve(answer);
        };
        let timer = setTimeout(() => finish({ ok: false, why: 'gone' }), patience());
        const sub = nc.subscribe(inbox, {
          callback: (error, message) => {
            if (error !== null) return finish({ ok: false, why: 'gone' });
            clearTimeout(timer);
            timer = setTimeout(() => finish({ ok: false, why: 'gone' }), patience());
            const code = message.headers?.code ?? 0;
            if (code === 204) return finish({ ok: true, value: undefined });
            if (code === 404) return finish({ ok: false, why: 'absent' });
            if (code >= 300) return finish({ ok: false, why: 'gone' });
            attempt(() => onMessage(message));
          },
        });
        nc.publish(subject, data, { reply: inbox });
      });
    },
    listen: (subject, onMessage) => {
      let stop: (() => void) | undefined;
      let over = false;
      void connected.then(() => {
        if (over || connection === undefined || connection.isClosed()) return;
        // An exception in a callback would end the reader without a word.
        const sub = connection.subscribe(subject, { callback: (error, message) => (error === null ? attempt(() => onMessage(message)) : undefined) });
        stop = () => sub.unsubscribe();
      });
      return () => {
        over = true;
        attempt(() => stop?.());
      };
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get slow() {
      return rate !== undefined;
    },
    limit: (bytesPerSecond) => {
      rate = bytesPerSecond;
    },
    spend: async (bytes) => {
      if (rate === undefined || bytes === 0) return;
      const now = Date.now();
      freeAt = Math.max(freeAt, now) + (bytes * 1_000) / rate;
      await later(freeAt - now);
    },
    maxPayload: async () => {
      await isUp();
      return connection?.info?.max_payload ?? MAX_PAYLOAD;
    },
    close: async () => {
      closed = true;
      listeners.clear();
      await connection?.close().catch(() => undefined);
    },
  };
}

/** Two kinds of refusals come as exceptions: by the server, and by the client for what the server said it would not take. */
function whyNot(cause: unknown): 'refused' | 'too-large' | 'gone' {
  if (cause instanceof natsClient().InvalidArgumentError) return 'too-large';
  return cause instanceof natsClient().PermissionViolationError || (cause instanceof Error && cause.cause instanceof natsClient().PermissionViolationError) ? 'refused' : 'gone';
}

function toHeaders(values: Readonly<Record<string, string>>): MsgHdrs {
  const headers = natsClient().headers();
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
  return headers;
}

/** A reply may be a message, a status in headers, or JetStream's JSON with an error in it. */
function judge(message: Msg): Answer<Msg> {
  const code = message.headers?.code ?? 0;
  if (code === 404) return { ok: false, why: 'absent' };
  if (code >= 300) return { ok: false, why: 'gone' };
  return { ok: true, value: message };
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // A listener's fault must not take the connection with it.
  }
}

const later = (ms: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, ms).unref();
});
