import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsNames, openLink, provisionStreams } from '#main/features/channels/index.ts';

/** The server's executable, found or unpacked by the test set-up; absent where there is none. */
export const NATS_SERVER = process.env['CALLSIDE_NATS_SERVER'] === '' ? undefined : process.env['CALLSIDE_NATS_SERVER'];

export type RunningServer = {
  /** Ends it at once, as a power switch would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
  /** Makes it read its users and limits again. */
  reload(): Promise<void>;
  pid(): number | undefined;
};

export type TestServer = RunningServer & {
  url: string;
  port: number;
  /** Puts another file beside its configuration. */
  write(name: string, content: string): void;
  /** Another configuration while it runs, as an administrator gives it. */
  configure(config: string): Promise<void>;
  /** Copies what the server has stored, or puts a copy back while it is down: a backup and its return. */
  backUp(to: string): void;
  setBack(from: string): void;
  cleanUp(): Promise<void>;
};

/** Runs a configuration file as it is. */
export async function runNats(file: string): Promise<RunningServer> {
  if (NATS_SERVER === undefined) throw new Error('There is no nats-server here; skip this test.');
  const executable = NATS_SERVER;
  let child: ChildProcess | undefined;
  let said = '';
  const hears = (running: ChildProcess, text: string): Promise<void> => new Promise((resolve, reject) => {
    said = '';
    const onData = (data: Buffer): void => {
      said = `${said}${data.toString('utf8')}`.slice(-20_000);
      if (said.includes(text)) resolve();
    };
    running.stderr?.on('data', onData);
    running.once('exit', (code) => reject(new Error(`nats-server ended with ${String(code)}: ${said.slice(-1_000)}`)));
  });
  const start = async (): Promise<void> => {
    child = spawn(executable, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    await hears(child, 'Server is ready');
  };
  await start();
  return {
    start,
    kill: async () => {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => void running.once('exit', () => resolve()));
      running.kill('SIGKILL');
      await ended;
    },
    reload: async () => {
      if (child === undefined) return;
      const done = hears(child, 'Reloaded server configuration');
      child.kill('SIGHUP');
      await done;
    },
    pid: () => child?.pid,
  };
}

/** A real nats-server on loopback with files of its own. `config` is added to its configuration and may include `files`; `$DIR` in it is its folder. */
export async function startNats(config = '', files: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const dir = mkdtempSync(join(tmpdir(), 'callside-nats-'));
  const write = (name: string, content: string): void => writeFileSync(join(dir, name), content);
  for (const [name, content] of Object.entries(files)) write(name, content);
  const port = await freePort();
  const file = join(dir, 'server.conf');
  const configure = (more: string): void => writeFileSync(file, `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${dir}/store", sync_interval: always }\n${more.replaceAll('$DIR', dir)}\n`);
  configure(config);
  const server = await runNats(file);
  return {
    ...server,
    write,
    url: `nats://127.0.0.1:${port}`,
    port,
    configure: async (more) => {
      configure(more);
      await server.reload();
    },
    backUp: (to) => cpSync(join(dir, 'store'), to, { recursive: true }),
    setBack: (from) => {
      rmSync(join(dir, 'store'), { recursive: true, force: true });
      cpSync(from, join(dir, 'store'), { recursive: true });
    },
    cleanUp: async () => {
      await server.kill();
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

const given = new Set<number>();

/**
 * A port nobody is on, each once in a process. It lies below those a system gives to outgoing connections (32768 and up on
 * Linux, 49152 elsewhere): of these another test's connection could take it before its server starts, or while that is down.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(12_000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
