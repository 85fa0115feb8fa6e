import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/**
 * A few requests of the X11 protocol (X.Org "X Window System Protocol", "XTEST Extension"): real key
 * events as a keyboard makes them, and which window has the focus. No page can fake either.
 */
export type X11 = { focused(): Promise<number>; type(letter: string): Promise<void>; close(): void };

const GET_INPUT_FOCUS = 43;
const QUERY_EXTENSION = 98;
const GET_KEYBOARD_MAPPING = 101;
const FAKE_INPUT = 2;
const [KEY_PRESS, KEY_RELEASE] = [2, 3];

export async function connectX11(display = process.env['DISPLAY'] ?? ''): Promise<X11> {
  const number = /:(\d+)/.exec(display)?.[1];
  if (number === undefined) throw new Error('There is no X display.');
  const socket = await new Promise<Socket>((done, fail) => {
    const opening = connect(`/tmp/.X11-unix/X${number}`, () => done(opening));
    opening.once('error', fail);
  });
  const reader = createReader(socket);
  socket.write(setup(readCookie(number)));
  const head = await reader(8);
  if (head[0] !== 1) throw new Error('The X server refused the connection.');
  const info = await reader(head.readUInt16LE(6) * 4);
  const [minKey, maxKey] = [info.readUInt8(26), info.readUInt8(27)];

  // Requests go one after the other: each waits for its reply, so that replies never need matching.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (request: Buffer): Promise<Buffer> => {
    const answer = last.then(async () => {
      socket.write(request);
      for (;;) {
        const reply = await reader(32);
        if (reply[0] === 0) throw new Error(`The X server answered with error ${reply[1]}.`);
        if (reply[0] === 1) return Buffer.concat([reply, await reader(reply.readUInt32LE(4) * 4)]);
      }
    });
    last = answer.catch(() => undefined);
    return answer;
  };

  const name = Buffer.from('XTEST');
  const extension = Buffer.alloc(8 + 8);
  extension.writeUInt8(QUERY_EXTENSION, 0);
  extension.writeUInt16LE(4, 2);
  extension.writeUInt16LE(name.length, 4);
  name.copy(extension, 8);
  const xtest = (await ask(extension)).readUInt8(9);

  const mapping = Buffer.alloc(8);
  mapping.writeUInt8(GET_KEYBOARD_MAPPING, 0);
  mapping.writeUInt16LE(2, 2);
  mapping.writeUInt8(minKey, 4);
  mapping.writeUInt8(maxKey - minKey + 1, 5);
  const keys = await ask(mapping);
  const perKey = keys.readUInt8(1);
  const keyOf = new Map<number, number>();
  for (let key = minKey; key <= maxKey; key += 1) {
    const symbol = keys.readUInt32LE(32 + (key - minKey) * perKey * 4);
    if (!keyOf.has(symbol)) keyOf.set(symbol, key);
  }

  const focusRequest = Buffer.from([GET_INPUT_FOCUS, 0, 1, 0]);
  const fake = (type: number, key: number): Buffer => {
    const request = Buffer.alloc(36);
    request.writeUInt8(xtest, 0);
    request.writeUInt8(FAKE_INPUT, 1);
    request.writeUInt16LE(9, 2);
    request.writeUInt8(type, 4);
    request.writeUInt8(key, 5);
    return request;
  };
  return {
    focused: async () => (await ask(focusRequest)).readUInt32LE(8),
    // Latin letters and the blank have their character code as key symbol. The question after it waits until it was done.
    type: async (letter) => {
      const key = keyOf.get(letter.charCodeAt(0));
      if (key === undefined) throw new Error(`There is no key for ${letter}.`);
      await last;
      socket.write(Buffer.concat([fake(KEY_PRESS, key), fake(KEY_RELEASE, key)]));
      await ask(focusRequest);
    },
    close: () => socket.destroy(),
  };
}

function setup(cookie: Buffer | undefined): Buffer {
  const name = Buffer.from(cookie === undefined ? '' : 'MIT-MAGIC-COOKIE-1');
  const data = cookie ?? Buffer.alloc(0);
  const pad = (length: number): number => (4 - (length % 4)) % 4;
  const head = Buffer.alloc(12);
  head.write('l', 0, 'latin1');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(name.length, 6);
  head.writeUInt16LE(data.length, 8);
  return Buffer.concat([head, name, Buffer.alloc(pad(name.length)), data, Buffer.alloc(pad(data.length))]);
}

/** The cookie of this display from the authority file: records of family, address, number, name, data, big-endian. */
function readCookie(number: string): Buffer | undefined {
  const file = process.env['XAUTHORITY'];
  if (file === undefined) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  let at = 0;
  const part = (): Buffer => {
    const length = bytes.readUInt16BE(at);
    at += 2 + length;
    return bytes.subarray(at - length, at);
  };
  while (at + 2 < bytes.length) {
    at += 2;
    const [, display, name, data] = [part(), part().toString(), part().toString(), part()];
    if (name === 'MIT-MAGIC-COOKIE-1' && (display === number || display === '')) return data;
  }
  return undefined;
}

function createReader(socket: Socket): (bytes: number) => Promise<Buffer> {
  let held = Buffer.alloc(0);
  let wake = (): void => undefined;
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    wake();
  });
  return async (bytes) => {
    while (held.length < bytes) await new Promise<void>((done) => (wake = done));
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };
}
