import { ipcMain } from 'electron';
import { REQUEST_CHANNEL } from '#shared/ipc/channels.ts';
import type { Reply } from '#shared/ipc/errors.ts';
import { isOwnSender } from './sender.ts';

/** Opens the one request channel: sender check first, then the dispatcher. */
export function openRouter(ownIds: ReadonlySet<number>, dispatch: (message: unknown) => Promise<Reply>): () => void {
  ipcMain.handle(REQUEST_CHANNEL, (event, message: unknown): Reply | Promise<Reply> => {
    if (!isOwnSender(event, ownIds)) {
      return { ok: false, error: { code: 'forbidden', message: 'This page may not talk to Callside.', id: 'none' } };
    }
    return dispatch(message);
  });
  return () => ipcMain.removeHandler(REQUEST_CHANNEL);
}
