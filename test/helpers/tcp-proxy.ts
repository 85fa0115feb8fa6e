import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  port: number;
  /** Stops passing on what the server says, while the connection stands: a desk that does not read. */
  stall(): void;
  /** Reads again. */
  flow(): void;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
};

/** A piece of line between a desk and a server on loopback. */
export async function tcpProxy(port: number): Promise<TcpProxy> {
  const pairs = new Set<{ desk: Socket; server: Socket }>();
  let stalled = false;
  const listener = createServer((desk) => {
    const server = connect(port, '127.0.0.1');
    const pair = { desk, server };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      desk.destroy();
      server.destroy();
    };
    desk.on('data', (data) => server.write(data));
    server.on('data', (data) => desk.write(data));
    for (const socket of [desk, server]) socket.on('error', end).on('close', end);
    if (stalled) server.pause();
  });
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address !== 'object') throw new Error('no port');
  return {
    port: address.port,
    stall: () => {
      stalled = true;
      for (const { server } of pairs) server.pause();
    },
    flow: () => {
      stalled = false;
      for (const { server } of pairs) server.resume();
    },
    cut: () => {
      for (const { desk, server } of pairs) {
        desk.destroy();
        server.destroy();
      }
    },
    close: () =>
      new Promise((resolve) => {
        for (const { desk, server } of pairs) {
          desk.destroy();
          server.destroy();
        }
        listener.close(() => resolve());
      }),
  };
}
