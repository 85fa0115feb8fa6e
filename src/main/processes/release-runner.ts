import { sourceOfBase } from '#main/features/knowledge/index.ts';
import type { ChannelPlace, CheckOutcome, InstallOutcome } from '#main/features/channels/index.ts';
import type { InputOf, OutputOf } from '#shared/ipc/define.ts';
import { callImport, type ImportCall } from './import-call.ts';
import type { InternalContract } from './internal-contract.ts';
import type { ChildPort, ProcessConfig } from './protocol.ts';

export type ReleaseRunnerOptions = {
  spawn: () => ChildPort;
  config: ProcessConfig;
  /** Asks the knowledge process. */
  knowledge: <R extends keyof InternalContract>(route: R, input: InputOf<InternalContract, R>) => Promise<OutputOf<InternalContract, R>>;
  /** A catalogue is being imported: two cannot write at once. */
  importing: () => boolean;
  /** Resolves when nothing small is being written. */
  quiet: () => Promise<void>;
  log: (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;
};

export type ReleaseRunner = {
  /** @param mend nothing stored is taken for granted */
  check(place: ChannelPlace, kb: string, mend?: boolean): Promise<CheckOutcome>;
  install(kb: string, order: number): Promise<InstallOutcome>;
  /** Ends an install at once: the database undoes what was not committed. */
  stop(): void;
  installing(): boolean;
};

/** Checks and installs releases in import processes: away from calls, notes and searches. */
export function createReleaseRunner({ spawn, config, knowledge, importing, quiet, log }: ReleaseRunnerOptions): ReleaseRunner {
  let call: ImportCall<'release.install'> | undefined;
  let busy = false;
  const listeners = { onEvent: () => undefined, log };

  const releaseOf = async (kb: string): Promise<number | undefined> => (await knowledge('releases.installed', {})).find((base) => base.kb === kb)?.release;

  const install = async (kb: string, order: number): Promise<InstallOutcome> => {
    const before = await releaseOf(kb);
    await quiet();
    const held = await knowledge('writes.hold', {});
    if (!held.held) return { ok: false, reason: 'not-now' };
    try {
      call = callImport(spawn, config, 'release.install', { kb, order }, listeners);
      return await call.answer;
    } catch {
      // The database decides what happened: a process may end between its commit and its answer.
      const after = await releaseOf(kb);
      return after !== undefined && after !== before ? { ok: true, release: after, changed: 0, ms: 0 } : { ok: false, reason: 'not-now' };
    } finally {
      call = undefined;
      await knowledge('writes.release', { source: sourceOfBase(kb), job: '' }).catch(() => undefined);
    }
  };

  return {
    check: (place, kb, mend = false) => callImport(spawn, config, 'release.check', { place, kb, mend }, listeners).answer,
    install: async (kb, order) => {
      if (busy || importing()) return { ok: false, reason: 'not-now' };
      busy = true;
      try {
        return await install(kb, order);
      } finally {
        busy = false;
      }
    },
    stop: () => call?.kill(),
    installing: () => busy,
  };
}
