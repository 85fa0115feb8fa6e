import { connect, createServer, type Socket } from 'node:net';

export type UnrulyProxy = { port: number; /** What was done to messages so far. */ did: { lost: number; twice: number; late: number }; close(): Promise<void> };

/** One command of the protocol with all that belongs to it. */
type Frame = { subject: string | undefined; bytes: Buffer };
const CRLF = Buffer.from('\r\n');

/** Takes whole commands off the front of what a server sent. */
function* framesIn(buffer: Buffer): Generator<Frame, Buffer> {
  let at = 0;
  for (;;) {
    const end = buffer.indexOf(CRLF, at);
    if (end < 0) return buffer.subarray(at);
    const words = buffer.toString('latin1', at, end).split(/\s+/);
    const isMessage = words[0] === 'MSG' || words[0] === 'HMSG';
    const stop = end + CRLF.length + (isMessage ? Number(words.at(-1)) + CRLF.length : 0);
    if (stop > buffer.length) return buffer.subarray(at);
    yield { subject: isMessage ? words[1] : undefined, bytes: buffer.subarray(at, stop) };
    at = stop;
  }
}

/**
 * A line between a desk and a server on loopback that loses, repeats and holds back what the server repeats to everybody,
 * and repeats its answers. It works on the messages of the protocol, so every byte the desk reads is well formed.
 */
export async function unrulyProxy(port: number, { lost, twice, late, random }: { lost: number; twice: number; late: number; random: () => number }): Promise<UnrulyProxy> {
  const sockets = new Set<Socket>();
  const did = { lost: 0, twice: 0, late: 0 };
  const listener = createServer((desk) => {
    const server = connect(port, '127.0.0.1');
    const end = (): void => {
      desk.destroy();
      server.destroy();
    };
    for (const socket of [desk, server]) sockets.add(socket.on('error', end).on('close', end));
    desk.on('data', (data) => server.write(data));
    let rest = Buffer.alloc(0);
    const send = ({ subject, bytes }: Frame): void => {
      const isLive = subject?.startsWith('live.') === true;
      if (isLive && random() < lost) return void (did.lost += 1);
      const again = subject !== undefined && random() < twice;
      if (again) did.twice += 1;
      for (let time = 0; time < (again ? 3 : 1); time += 1) {
        if (isLive && random() < late) {
          did.late += 1;
          // Longer than a desk gathers changes for, so that an older one comes alone after a newer one.
          setTimeout(() => (desk.destroyed ? undefined : desk.write(bytes)), random() * 700);
        } else desk.write(bytes);
      }
    };
    server.on('data', (data) => {
      const frames = framesIn(Buffer.concat([rest, data]));
      for (;;) {
        const next = frames.next();
        if (next.done === true) {
          rest = Buffer.from(next.value);
          return;
        }
        send({ ...next.value, bytes: Buffer.from(next.value.bytes) });
      }
    });
  });
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address !== 'object') throw new Error('no port');
  return {
    port: address.port,
    did,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}
