import type { IpcMainInvokeEvent } from 'electron';

/** Origin of our own pages; everything else is a stranger. */
export const APP_ORIGIN = 'app://callside';

/** True only for the main frame of one of our own windows showing one of our own pages. */
export function isOwnSender(event: IpcMainInvokeEvent, ownWebContentsIds: ReadonlySet<number>): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  if (!ownWebContentsIds.has(event.sender.id)) return false;
  try {
    const url = new URL(frame.url);
    return `${url.protocol}//${url.host}` === APP_ORIGIN;
  } catch {
    return false;
  }
}
