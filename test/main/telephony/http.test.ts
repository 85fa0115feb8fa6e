import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpEntrance, type HttpEntrance } from '#main/features/telephony/http-entrance.ts';
import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';

const TOKEN = 'k3J9xQ2mV7pL5wZ8';
let entrance: HttpEntrance | undefined;
afterEach(async () => entrance?.close());

async function listen(accept = (_event: TelephonyEvent): boolean => true) {
  const events: TelephonyEvent[] = [];
  entrance = createHttpEntrance({ accept: (event) => (events.push(event), accept(event)), token: () => TOKEN, now: () => performance.now(), onState: () => undefined });
  const state = await entrance.open(0);
  if (state.kind !== 'on') throw new Error('not listening');
  return { events, port: state.port };
}

type Ask = { method?: string; path: string; headers?: Record<string, string>; body?: string };
function ask(port: number, { method = 'GET', path, headers = {}, body }: Ask): Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false }, (reply) => {
      reply.resume();
      reply.on('end', () => done({ status: reply.statusCode ?? 0, headers: reply.headers }));
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

describe('the entrance on 127.0.0.1', () => {
  it.each([
    [{ path: `/call?token=${TOKEN}&number=+4930123456&name=Ann+Smith&queue=orders&id=7` }],
    [{ path: `/call/${TOKEN}?number=%2B4930123456&name=Ann%20Smith&queue=orders&id=7&event=ring` }],
    [{ path: '/call?number=%2B4930123456&name=Ann+Smith&queue=orders&id=7', headers: { authorization: `Bearer ${TOKEN}` } }],
    [{ method: 'POST', path: '/call', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `token=${TOKEN}&number=%2B4930123456&name=Ann+Smith&queue=orders&id=7` }],
    [{ method: 'POST', path: `/call?token=${TOKEN}`, headers: { 'content-type': 'application/json' }, body: '{"number":"+4930123456","name":"Ann Smith","queue":"orders","id":7,"event":"ring"}' }],
  ] satisfies [Ask][])('takes %j', async (one) => {
    const { events, port } = await listen();
    expect((await ask(port, one)).status).toBe(200);
    expect(events).toEqual([{ verb: 'ring', direction: 'in', number: '+4930123456', name: 'Ann Smith', queue: 'orders', id: '7' }]);
  });

  it.each([
    ['no token', { path: '/call?number=123456' }, 403],
    ['a wrong token', { path: '/call?token=wrong&number=123456' }, 403],
    ['another host name, as a name bound to this machine would send', { path: `/call?token=${TOKEN}&number=123456`, headers: { host: 'evil.example' } }, 421],
    ['a script of a page', { path: `/call?token=${TOKEN}&number=123456`, headers: { origin: 'https://evil.example' } }, 403],
    ['an image in a page', { path: `/call?token=${TOKEN}&number=123456`, headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' } }, 403],
    ['a frame in a page', { path: `/call?token=${TOKEN}&number=123456`, headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' } }, 403],
    ['the question whether scripts may', { method: 'OPTIONS', path: '/call', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } }, 405],
    ['another verb', { method: 'DELETE', path: `/call?token=${TOKEN}` }, 405],
    ['another path', { path: `/settings?token=${TOKEN}&number=123456` }, 404],
    ['no call in it', { path: `/call?token=${TOKEN}` }, 400],
    ['a caller who said nothing', { path: `/call?token=${TOKEN}&event=said&id=1&text=%20` }, 400],
    ['an unknown event', { path: `/call?token=${TOKEN}&event=delete&id=1` }, 400],
    ['a body too long', { method: 'POST', path: `/call?token=${TOKEN}`, body: `number=${'1'.repeat(20_000)}` }, 413],
    ['broken JSON', { method: 'POST', path: `/call?token=${TOKEN}`, headers: { 'content-type': 'application/json' }, body: '{"number":' }, 400],
  ] satisfies [string, Ask, number][])('refuses %s', async (_name, one, status) => {
    const { events, port } = await listen();
    const reply = await ask(port, one);
    expect(reply.status).toBe(status);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(events).toEqual([]);
  });

  it('takes what the caller said, by address, form and JSON', async () => {
    const { events, port } = await listen();
    const text = 'My parcel, number 4111, never came + I am cross';
    await ask(port, { path: `/call/${TOKEN}?event=said&id=7&text=${encodeURIComponent(text)}` });
    await ask(port, { method: 'POST', path: `/call/${TOKEN}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ event: 'said', id: '7', text }).toString() });
    await ask(port, { method: 'POST', path: `/call/${TOKEN}`, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ event: 'said', id: 7, text }) });
    expect(events).toEqual([1, 2, 3].map(() => ({ verb: 'said', direction: 'in', id: '7', text })));
  });

  it('a person opening the address in a browser gets through', async () => {
    const { events, port } = await listen();
    const { status } = await ask(port, { path: `/call?token=${TOKEN}&number=123456`, headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } });
    expect([status, events.length]).toEqual([200, 1]);
  });

  it('says so when too much waits, and when somebody tries tokens', async () => {
    const { port } = await listen(() => false);
    expect((await ask(port, { path: `/call?token=${TOKEN}&number=123456` })).status).toBe(503);
    const tried = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(port, { path: `/call?token=guess${index}&number=1` })));
    expect(tried.some((reply) => reply.status === 429)).toBe(true);
    expect((await ask(port, { path: `/call?token=${TOKEN}&number=123456` })).status).toBe(503);
  });

  it('garbage on the wire does not stop it', async () => {
    const { port } = await listen();
    for (const garbage of ['\0\0\0\0', 'GET', 'POST /call HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nx', `GET /${'a'.repeat(50_000)} HTTP/1.1\r\n\r\n`]) {
      await new Promise<void>((done) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(garbage));
        socket.on('error', () => done());
        socket.on('close', () => done());
        socket.resume();
      });
    }
    expect((await ask(port, { path: `/call?token=${TOKEN}&number=123456` })).status).toBe(200);
  });

  it('is reached from this machine only, and says when its port is taken', async () => {
    const { port } = await listen();
    const second = createHttpEntrance({ accept: () => true, token: () => TOKEN, now: () => 0, onState: () => undefined });
    expect(await second.open(port)).toEqual({ kind: 'failed', reason: 'port-taken' });
    const outside = await new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.2', () => done('reached'));
      socket.on('error', () => done('refused'));
    });
    expect(outside).toBe('refused');
  });

  it('1,000 events as fast as they come: all taken', async () => {
    const { events, port } = await listen();
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (sent < 1_000) {
        const id = (sent += 1);
        expect((await ask(port, { path: `/call?token=${TOKEN}&id=${id}&number=0770${id}` })).status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    expect(new Set(events.map((event) => event.id)).size).toBe(1_000);
  });
});
