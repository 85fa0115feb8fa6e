import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsNames, openLink, provisionStreams } from '#main/features/channels/index.ts';

/** The server's executable, found or unpacked by the test set-up; absent where there is none. */
export const NATS_SERVER = process.env['CALLSIDE_NATS_SERVER'] === '' ? undefined : process.env['CALLSIDE_NATS_SERVER'];

export type TestServer = {
  url: string;
  port: number;
  /** Ends it at once, as a power switch would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
  pid(): number | undefined;
  cleanUp(): Promise<void>;
};

/** A real nats-server on loopback with files of its own. `config` is added to its configuration; `$DIR` in it is its folder. */
export async function startNats(config = ''): Promise<TestServer> {
  if (NATS_SERVER === undefined) throw new Error('There is no nats-server here; skip this test.');
  const executable = NATS_SERVER;
  const dir = mkdtempSync(join(tmpdir(), 'callside-nats-'));
  const port = await freePort();
  const file = join(dir, 'server.conf');
  writeFileSync(file, `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${dir}/store", sync_interval: always }\n${config.replaceAll('$DIR', dir)}\n`);
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const running = spawn(executable, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = running;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      running.stderr.on('data', (data: Buffer) => {
        said = `${said}${data.toString('utf8')}`.slice(-20_000);
        if (said.includes('Server is ready')) resolve();
      });
      running.once('exit', (code) => reject(new Error(`nats-server ended with ${String(code)}: ${said.slice(-1_000)}`)));
    });
  };
  const kill = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => void running.once('exit', () => resolve()));
    running.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    kill,
    start,
    pid: () => child?.pid,
    cleanUp: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A server with the streams of a channel. */
export async function startChannelServer(config = '', admin: { user?: string; password?: string } = {}): Promise<TestServer> {
  const server = await startNats(config);
  const link = openLink({ servers: [server.url], ...admin });
  const made = await provisionStreams(link, natsNames('callside', 'admin'));
  await link.close();
  const failed = made.filter(({ state }) => state === 'failed');
  if (failed.length > 0) throw new Error(`the streams could not be made: ${JSON.stringify(failed)}`);
  return server;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
