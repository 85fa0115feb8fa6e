import type { RecordRules } from '#shared/domain/record-rules.ts';
import type { Home } from '#shared/ipc/define.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import type { EventName } from '#shared/ipc/events.ts';

/** What a data process is told at birth. */
export type ProcessConfig = {
  /** Folder of the database files. */
  readonly dataDir: string;
  /** Folder with the starter pack and other shipped files. */
  readonly resourcesDir: string;
  /** 32 bytes for the records database, base64; absent for knowledge. */
  readonly key?: string;
  /** Where records go when the data folder cannot be written. */
  readonly fallbackDir?: string;
  /** The process before this one died while the app went on: the disk holds what was written, so a full check can wait. */
  readonly restarted?: boolean;
  /** What settings and the organisation decide about stored texts; the usual ones when absent. */
  readonly rules?: RecordRules;
};

export type ToChild =
  | { type: 'init'; config: ProcessConfig }
  | { type: 'call'; id: string; route: string; input: unknown }
  | { type: 'close' };

/** News of the process that follows live channels; the main process alone hears them. */
export type LiveNewsName = 'live.state' | 'live.ask' | 'live.wrote' | 'live.release';

export type FromChild =
  | { type: 'ready' }
  | { type: 'reply'; id: string; ok: true; data: unknown }
  | { type: 'reply'; id: string; ok: false; code: ErrorCode; message: string; stack?: string }
  | { type: 'event'; name: EventName | LiveNewsName; payload: unknown }
  | { type: 'log'; level: 'info' | 'warn' | 'error'; message: string; details?: Record<string, unknown> }
  | { type: 'closed' };

/** The little of a utility process the host needs; tests use a forked Node process. */
export type ChildPort = {
  post(message: ToChild): void;
  onMessage(listener: (message: FromChild) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
  readonly pid: number | undefined;
};

export type DataHome = Exclude<Home, 'main'>;
export type HostState = 'starting' | 'up' | 'restarting' | 'failed' | 'closed';
