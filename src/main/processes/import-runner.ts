import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRefusedRows, type ChosenFile, type RefusedRows } from '#main/features/transfer/index.ts';
import type { Failure, ImportResult } from '#shared/domain/transfer/job.ts';
import type { Preview, ReadingChoice } from '#shared/domain/transfer/reading.ts';
import type { Mapping } from '#shared/domain/transfer/targets.ts';
import type { Job } from '#shared/ipc/events.ts';
import type { ImportState } from '#shared/ipc/transfer.ts';
import { callImport, type ImportCall } from './import-call.ts';
import type { ImportInput, ImportOutput, InternalContract } from './internal-contract.ts';
import type { ChildPort, ProcessConfig } from './protocol.ts';
import type { InputOf, OutputOf } from '#shared/ipc/define.ts';

export type ImportRunnerOptions = {
  spawn: () => ChildPort;
  config: ProcessConfig;
  /** Asks the knowledge process. */
  knowledge: <R extends keyof InternalContract>(route: R, input: InputOf<InternalContract, R>) => Promise<OutputOf<InternalContract, R>>;
  onJob: (job: Job) => void;
  /** Records have changed: pages read again. */
  onChanged: () => void;
  log: (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;
};

/** What is brought from a file: rows of a catalogue, or the scripts with these ids. */
export type ImportWork = { kind: 'catalogue'; reading: Preview['reading']; mapping: Mapping } | { kind: 'scripts'; take: string[] };

export type ImportRunner = {
  inspect(file: ChosenFile, choice: ReadingChoice): Promise<ImportOutput<'inspect'>>;
  inspectScripts(file: ChosenFile, language: string): Promise<ImportOutput<'inspect-scripts'>>;
  /** Writes every product into a file, in a process of its own. */
  export(file: string, format: ImportInput<'export'>['format']): Promise<ImportOutput<'export'>>;
  start(file: ChosenFile, work: ImportWork): Promise<{ ok: true; job: string } | { ok: false; reason: Failure }>;
  cancel(job: string): void;
  /** Moves the log of changes into knowledge.db, in a process of its own; nothing while an import runs. */
  settle(): Promise<void>;
  /** The import of this kind: under way, or how the last one ended. */
  state(kind: ImportWork['kind']): ImportState;
  /** Something is being imported, of whatever kind. */
  busy(): boolean;
  /** Refused rows of the last import. */
  refused(job: string): RefusedRows | undefined;
  /** The knowledge process has gone: without it nobody holds back writes, so the import ends too. */
  knowledgeLost(): void;
  /** Ends an import under way and waits until its lock is gone. */
  close(): Promise<void>;
};

/** After a polite request to stop, ms. */
const PATIENCE_MS = 1_500;
/** Looking at a file takes longer than this only when something is wrong with it, ms. */
const INSPECT_MS = 60_000;

type Outcome = ImportOutput<'run'>;
type Call = Omit<ImportCall<'run'>, 'answer'> & { answer: Promise<Outcome> };
type Unreadable = { ok: false; reason: Failure };
type Running = { job: string; kind: ImportWork['kind']; name: string; call: Call | undefined; cancelled: boolean; ended: Promise<void> };

/** Runs one import at a time: holds the writes of the knowledge process, starts the import process, and sees it to its end. */
export function createImportRunner(options: ImportRunnerOptions): ImportRunner {
  const { spawn, config, knowledge, onJob, onChanged, log } = options;
  const reports = join(config.dataDir, 'imports');
  // Reports of the session before are no longer on any screen.
  rmSync(reports, { recursive: true, force: true });
  let running: Running | undefined;
  const last = new Map<ImportWork['kind'], { job: string; name: string; result: ImportResult; refused: RefusedRows }>();

  const forward = (name: string, payload: unknown): void => {
    if (name === 'job.changed') onJob(payload as Job);
  };

  const run = async (current: Running, file: ChosenFile, work: ImportWork): Promise<void> => {
    const startedAt = performance.now();
    const source = `import:${file.name}`.slice(0, 400);
    const report = join(reports, `${current.job}.ndjson`);
    let outcome: Outcome | undefined;
    try {
      const task = { job: current.job, file: file.path, source, report };
      current.call =
        work.kind === 'catalogue'
          ? callImport(spawn, config, 'run', { ...task, size: file.size, reading: work.reading, mapping: work.mapping }, { onEvent: forward, log })
          : callImport(spawn, config, 'run-scripts', { ...task, take: work.take }, { onEvent: forward, log });
      if (current.cancelled) current.call.kill();
      outcome = await current.call.answer;
    } catch (cause) {
      if (!current.cancelled) log('warn', 'an import did not come to its end', { error: String(cause) });
    }
    // The database decides what happened: a process may end between its commit and its answer.
    const committed = await knowledge('writes.release', { source, job: current.job }).then((reply) => reply.committed, () => outcome?.ok === true && !outcome.cancelled);
    const result = resultOf(outcome, committed, current, performance.now() - startedAt);
    last.get(current.kind)?.refused.remove();
    last.set(current.kind, { job: current.job, name: current.name, result, refused: createRefusedRows(report) });
    running = undefined;
    if (committed) onChanged();
    onJob({ id: current.job, kind: 'import', done: result.state === 'done' ? result.counts.rows : 0, state: result.state });
  };

  /** Looks at a file in a process of its own, which is ended when that takes too long. */
  async function look<R extends 'inspect' | 'inspect-scripts'>(file: ChosenFile, route: R, input: ImportInput<R>): Promise<ImportOutput<R> | Unreadable> {
    const call = callImport(spawn, config, route, input, { onEvent: () => undefined, log });
    const timer = setTimeout(() => call.kill(), INSPECT_MS);
    try {
      return await call.answer;
    } catch {
      return { ok: false, reason: existsSync(file.path) ? 'damaged' : 'cannot-open' };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    inspect: (file, choice) => look(file, 'inspect', { file: file.path, choice }),
    inspectScripts: (file, language) => look(file, 'inspect-scripts', { file: file.path, language }),
    export: (file, format) => callImport(spawn, config, 'export', { file, format }, { onEvent: () => undefined, log }).answer,
    start: async (file, work) => {
      if (running !== undefined) return { ok: false, reason: 'busy' };
      let end = (): void => undefined;
      const current: Running = { job: randomUUID(), kind: work.kind, name: file.name, call: undefined, cancelled: false, ended: new Promise((resolve) => (end = resolve)) };
      running = current;
      const held = await knowledge('writes.hold', {}).catch(() => ({ held: false }));
      if (!held.held) {
        running = undefined;
        end();
        return { ok: false, reason: 'rebuilding' };
      }
      void run(current, file, work)
        .catch((cause: unknown) => log('error', 'an import could not be ended', { error: String(cause) }))
        .finally(end);
      return { ok: true, job: current.job };
    },
    cancel: (job) => {
      if (running === undefined || running.job !== job) return;
      running.cancelled = true;
      const { call } = running;
      call?.cancel();
      if (call !== undefined) setTimeout(() => running?.call === call && call.kill(), PATIENCE_MS);
    },
    busy: () => running !== undefined,
    state: (kind) => {
      if (running?.kind === kind) return { state: 'running', job: running.job, name: running.name };
      const ended = last.get(kind);
      return ended === undefined ? { state: 'none' } : { state: 'ended', job: ended.job, name: ended.name, result: ended.result };
    },
    settle: async () => {
      if (running !== undefined) return;
      await callImport(spawn, config, 'settle', {}, { onEvent: () => undefined, log }).answer;
    },
    refused: (job) => [...last.values()].find((one) => one.job === job)?.refused,
    knowledgeLost: () => running?.call?.kill(),
    close: async () => {
      if (running === undefined) return;
      running.cancelled = true;
      running.call?.kill();
      await running.ended;
    },
  };
}

function resultOf(outcome: Outcome | undefined, committed: boolean, { cancelled }: Running, ms: number): ImportResult {
  if (outcome?.ok === true && !outcome.cancelled) return { state: 'done', counts: outcome.counts, ms: Math.round(ms) };
  // Committed, but its counts died with the process: it is in, and the screen says no more than that.
  if (committed) return { state: 'done', counts: { rows: 0, added: 0, changed: 0, same: 0, refused: 0 }, ms: Math.round(ms) };
  if (cancelled) return { state: 'cancelled' };
  return { state: 'failed', reason: outcome?.ok === false ? outcome.reason : 'stopped' };
}
