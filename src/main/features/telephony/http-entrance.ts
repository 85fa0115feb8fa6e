import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseQuery } from '#shared/domain/telephony/arguments.ts';
import { readParameters, type TelephonyEvent } from '#shared/domain/telephony/event.ts';
import { createTokenBucket } from './token-bucket.ts';

export type HttpState = { kind: 'off' } | { kind: 'on'; port: number } | { kind: 'failed'; reason: 'port-taken' | 'not-allowed' | 'other' };

export type HttpOptions = {
  /** False when too much is waiting. */
  accept: (event: TelephonyEvent) => boolean;
  token: () => string;
  now: () => number;
  onState: (state: HttpState) => void;
  /** A request with the right token that holds no call: worth showing to whoever sets the telephone up. */
  onUnreadable?: () => void;
};

export type HttpEntrance = { open(port: number): Promise<HttpState>; close(): Promise<void>; state(): HttpState };

/** Requests a second, and at once after a pause: above any telephone, below what would busy the desk. */
const RATE = { perSecond: 1_500, burst: 3_000 } as const;
/** Wrong tokens a second; a guesser gets nowhere with 256 bits at this pace, and cannot lock the telephone out. */
const WRONG = { perSecond: 5, burst: 20 } as const;
const LONGEST_BODY = 8_192;
const TIMEOUT_MS = 5_000;

const HEADERS = {
  'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cross-origin-resource-policy': 'same-origin',
} as const;

type Refusal = { status: number; text: string };

/**
 * Listens on 127.0.0.1 for `GET /call?token=…&number=…` and `POST /call`. Nothing but an event can
 * come of a request. Pages of the web are kept out three ways: the token, the Host header (against
 * names that resolve to this machine), and no answer to scripted or embedded requests.
 */
export function createHttpEntrance({ accept, token, now, onState, onUnreadable }: HttpOptions): HttpEntrance {
  let server: Server | undefined;
  let state: HttpState = { kind: 'off' };
  const rate = createTokenBucket({ ...RATE, now });
  const wrong = createTokenBucket({ ...WRONG, now });
  const setState = (next: HttpState): HttpState => {
    state = next;
    onState(next);
    return next;
  };

  const answer = async (request: IncomingMessage, reply: ServerResponse, port: number): Promise<void> => {
    const refused = refuseByHeaders(request, port) ?? (rate.take() ? undefined : { status: 429, text: 'Too many requests.' });
    if (refused !== undefined) return send(request, reply, refused);
    const [path, query] = splitOnce(request.url ?? '', '?');
    const body = request.method === 'POST' ? await readBody(request) : '';
    if (body === undefined) return send(request, reply, { status: 413, text: 'The request is too long.' });
    const raw = { ...parseQuery(query), ...readBodyFields(request, body) };
    if (!sameToken(tokenOf(request, raw, path), token())) {
      return send(request, reply, wrong.take() ? { status: 403, text: 'The token is missing or wrong.' } : { status: 429, text: 'Too many requests.' });
    }
    if (!/^\/call(?:\/|$)/.test(path)) return send(request, reply, { status: 404, text: 'There is nothing here.' });
    const event = readParameters(raw);
    if (event === undefined) {
      onUnreadable?.();
      return send(request, reply, { status: 400, text: 'No call in this request.' });
    }
    return send(request, reply, accept(event) ? { status: 200, text: 'OK' } : { status: 503, text: 'Too many calls are waiting.' });
  };

  const close = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (closing === undefined) return;
    await new Promise<void>((done) => {
      closing.close(() => done());
      closing.closeAllConnections();
    });
    setState({ kind: 'off' });
  };

  return {
    state: () => state,
    close,
    open: async (port) => {
      await close();
      const opening = createServer({ requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, keepAliveTimeout: 1_000, maxHeaderSize: 16_384 });
      opening.maxConnections = 200;
      const listening = await new Promise<HttpState>((done) => {
        opening.once('error', (error: NodeJS.ErrnoException) => done({ kind: 'failed', reason: error.code === 'EADDRINUSE' ? 'port-taken' : error.code === 'EACCES' ? 'not-allowed' : 'other' }));
        opening.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
          const address = opening.address();
          done({ kind: 'on', port: typeof address === 'object' && address !== null ? address.port : port });
        });
      });
      if (listening.kind === 'on') {
        server = opening;
        opening.on('request', (request, reply) => void answer(request, reply, listening.port).catch(() => reply.destroy()));
        opening.on('error', () => undefined);
        opening.on('clientError', (_error, socket) => socket.destroy());
      }
      return setState(listening);
    },
  };
}

function refuseByHeaders(request: IncomingMessage, port: number): Refusal | undefined {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const mode = request.headers['sec-fetch-mode'];
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return { status: 421, text: 'This address is not answered.' };
  if (request.method !== 'GET' && request.method !== 'POST') return { status: 405, text: 'Only GET and POST are answered.' };
  // Browsers say where a request comes from. Of theirs only one counts: an address opened as a page of its own.
  const { 'sec-fetch-dest': destination } = request.headers;
  const browser = site !== undefined || destination !== undefined;
  const opened = request.method === 'GET' && mode === 'navigate' && destination === 'document';
  if (origin !== undefined || (browser && !opened)) {
    return { status: 403, text: 'Pages of the web are not answered.' };
  }
  return undefined;
}

function send(request: IncomingMessage, reply: ServerResponse, { status, text }: Refusal): void {
  // Unread bytes of a refused body would be read as the next request.
  const headers = status === 429 ? { ...HEADERS, 'retry-after': '1' } : HEADERS;
  reply.writeHead(status, request.complete ? headers : { ...headers, connection: 'close' }).end(`${text}\n`);
}

function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((done, fail) => {
    let size = 0;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > LONGEST_BODY) done(undefined);
      else parts.push(part);
    });
    request.on('end', () => done(Buffer.concat(parts).toString('utf8')));
    request.on('error', fail);
  });
}

/** Form fields or one flat JSON object; anything else in the body is nothing. */
function readBodyFields(request: IncomingMessage, body: string): Record<string, string> {
  if (body === '') return {};
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) return parseQuery(body);
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const flat = Object.entries(parsed).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number');
    return Object.fromEntries(flat.slice(0, 40).map(([name, value]) => [name.toLowerCase(), String(value)]));
  } catch {
    return {};
  }
}

/** In the header for programs, in the address for telephones that can only open one. */
function tokenOf(request: IncomingMessage, raw: Readonly<Record<string, string>>, path: string): string {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? raw['token'] ?? path.split('/')[2] ?? '';
}

function sameToken(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return expected.length >= 16 && timingSafeEqual(digest(given), digest(expected));
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
