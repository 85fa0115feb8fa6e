import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultOf } from '#main/db/errors.ts';
import { openDatabase } from '#main/db/open.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';
import { ImportCancelled, loadImporter, UnreadableFileError, type ImportHooks, type ImportParts } from '#main/features/transfer/index.ts';
import type { Failure, ImportCounts } from '#shared/domain/transfer/job.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';
import { answerFrom } from './answer.ts';
import type { ImportContract, ImportInput, ImportOutput } from './internal-contract.ts';
import { createLiveService } from './live-service.ts';
import type { ProcessConfig } from './protocol.ts';
import { checkRelease, installChecked, type StartThread } from './release-tasks.ts';
import type { Service, ServeTools } from './serve.ts';

/** Time between two progress events, ms: at least four a second. */
const PROGRESS_MS = 120;
/** Time between two flushes, ms. */
const FLUSH_MS = 50;
/** Characters of the report kept before they are written. */
const REPORT_PIECE = 65_536;

/**
 * The import process: reads one strange file, away from everything an agent waits for. It has its own
 * memory and its own connection, so a broken workbook can at worst end this process, and the database
 * rolls back what was not committed.
 * @param signatures starts a thread that checks signatures
 */
export function openImportService(config: ProcessConfig, tools: ServeTools, signatures?: StartThread): Service {
  let cancelled = false;
  const live = createLiveService(config, tools);
  const handle = answerFrom<'knowledge', ImportContract>({
    inspect: async ({ file, choice }) => {
      try {
        const { inspectFile } = await loadImporter();
        return { ok: true, preview: await inspectFile(file, choice) };
      } catch (cause) {
        return { ok: false, reason: failureOf(cause, tools) };
      }
    },
    'inspect-scripts': async ({ file, language }) => {
      try {
        const { inspectScripts } = await loadImporter();
        const db = openDatabase({ file: join(config.dataDir, 'knowledge.db'), kind: 'knowledge', mustExist: true });
        try {
          return { ok: true, preview: await inspectScripts(createKnowledgeRepository(db), file, language) };
        } finally {
          db.close();
        }
      } catch (cause) {
        return { ok: false, reason: failureOf(cause, tools) };
      }
    },
    run: (task) => run(config, tools, task, async (parts, hooks) => (await loadImporter()).importCatalogue(parts, task, hooks), () => cancelled),
    'run-scripts': (task) => run(config, tools, task, async (parts, hooks) => (await loadImporter()).importScripts(parts, task, hooks), () => cancelled),
    export: async ({ file, format }) => {
      try {
        const { exportCatalogue } = await loadImporter();
        const db = openDatabase({ file: join(config.dataDir, 'knowledge.db'), kind: 'knowledge', mustExist: true });
        try {
          return { ok: true, count: await exportCatalogue(createKnowledgeRepository(db), file, format) };
        } finally {
          db.close();
        }
      } catch (cause) {
        return { ok: false, reason: failureOf(cause, tools) };
      }
    },
    settle: () => settle(config),
    'release.check': (input) => checkRelease(config, input, signatures),
    'release.install': async (input) => {
      try {
        return await installChecked(config, input, createFlusher(join(config.dataDir, 'knowledge.db-wal')));
      } catch (cause) {
        tools.log('warn', 'a release could not be installed', { error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
        return { ok: false, reason: 'failed' };
      }
    },
    ...live.handlers,
    cancel: () => {
      cancelled = true;
      return {};
    },
  });
  return { handle, close: live.close };
}

type Work = (parts: ImportParts, hooks: ImportHooks) => Promise<ImportCounts>;

async function run(config: ProcessConfig, tools: ServeTools, task: Pick<ImportInput<'run'>, 'job' | 'report'>, work: Work, cancelled: () => boolean): Promise<ImportOutput<'run'>> {
  const report = createReport(task.report);
  const db = openDatabase({ file: join(config.dataDir, 'knowledge.db'), kind: 'knowledge', mustExist: true });
  try {
    // Moving a whole catalogue into the file belongs after the commit, not into it.
    db.pragma('wal_autocheckpoint = 0');
    const parts = { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), now: Date.now };
    const flush = createFlusher(`${db.name}-wal`);
    const counts = await work(parts, { progress: progressOf(tools, task.job), refused: report.add, cancelled, settle: flush });
    report.close();
    return { ok: true, cancelled: false, counts };
  } catch (cause) {
    report.close();
    if (cause instanceof ImportCancelled) return { ok: true, cancelled: true };
    return { ok: false, reason: failureOf(cause, tools) };
  } finally {
    db.close();
  }
}

/** Moves the log of changes, which after an import is as long as the catalogue, into the file. Readers and writers go on meanwhile. */
function settle(config: ProcessConfig): Record<never, never> {
  const db = openDatabase({ file: join(config.dataDir, 'knowledge.db'), kind: 'knowledge', mustExist: true });
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
    // Nothing is left to copy now, so this takes the locks for a moment only; a reader in between leaves it for the next time.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  return {};
}

/**
 * Brings what the import has written to the disk a little at a time. Left to the system, a hundred
 * megabytes pile up, and the next note that is saved waits until they are down.
 */
function createFlusher(file: string): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < FLUSH_MS || !existsSync(file)) return;
    // SQLite holds no lock on this file, so opening and closing it beside SQLite is harmless.
    const handle = await open(file, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
      last = performance.now();
    }
  };
}

function progressOf(tools: ServeTools, id: string): (rows: number, total: number | undefined, phase: string) => void {
  let last = -Infinity;
  let lastPhase = '';
  return (done, total, phase) => {
    const now = performance.now();
    if (now - last < PROGRESS_MS && phase === lastPhase) return;
    last = now;
    lastPhase = phase;
    tools.publish('job.changed', { id, kind: 'import', done, ...(total === undefined ? {} : { total }), state: 'running', message: phase });
  };
}

/** Refused rows as JSON lines, written in pieces: a file full of broken rows costs disk, not memory. */
function createReport(file: string): { add: (row: RefusedRow) => void; close: () => void } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fd = openSync(file, 'w', 0o600);
  let piece = '';
  let writable = true;
  const flush = (): void => {
    if (piece !== '') writeSync(fd, piece);
    piece = '';
  };
  return {
    add: (row) => {
      piece += `${JSON.stringify(row)}\n`;
      if (piece.length > REPORT_PIECE) flush();
    },
    close: () => {
      if (!writable) return;
      writable = false;
      flush();
      closeSync(fd);
    },
  };
}

function failureOf(cause: unknown, tools: ServeTools): Failure {
  if (cause instanceof UnreadableFileError) return cause.reason;
  tools.log('warn', 'a file could not be imported', { error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  const isSqlite = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE');
  switch (faultOf(cause)) {
    case 'disk-full':
      return 'disk-full';
    case 'locked':
      return 'busy';
    case 'no-folder':
    case 'read-only':
    case 'cannot-open':
    case 'io-error':
      return isSqlite ? 'database' : 'cannot-open';
    default:
      return isSqlite || faultOf(cause) !== undefined ? 'database' : 'damaged';
  }
}
