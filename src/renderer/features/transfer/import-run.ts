import type { Client } from '#renderer/ipc/client.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';

/** A file the person chose; where it lies only the main process knows. */
export type ChosenFile = { token: string; name: string; size: number };

/** Refused rows on one page. */
export const REFUSED_PAGE = 100;

export type RunActions = {
  cancel(): void;
  /** Shows refused rows from this one (from 0). */
  page(from: number): Promise<void>;
  saveReport(): Promise<'saved' | 'not-saved' | 'failed'>;
};

/** What can be done with an import that runs or has ended, whatever it brings in. */
export function createRunActions(
  client: Client,
  run: {
    running: () => { job: string; stop: () => void } | undefined;
    ended: () => { job: string; show: (from: number, refused: readonly RefusedRow[]) => void } | undefined;
  },
): RunActions {
  return {
    cancel: () => {
      const now = run.running();
      if (now === undefined) return;
      now.stop();
      void client.call('transfer.cancel', { job: now.job });
    },
    page: async (from) => {
      const now = run.ended();
      if (now === undefined) return;
      const { rows } = await client.call('transfer.report', { job: now.job, from, count: REFUSED_PAGE });
      now.show(from, rows);
    },
    saveReport: async () => {
      const now = run.ended();
      if (now === undefined) return 'not-saved';
      try {
        return (await client.call('transfer.save-report', { job: now.job })).saved ? 'saved' : 'not-saved';
      } catch {
        return 'failed';
      }
    },
  };
}
