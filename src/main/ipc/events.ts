import { webContents } from 'electron';
import { EVENT_CHANNEL } from '#shared/ipc/channels.ts';
import type { EventName, EventPayload } from '#shared/ipc/events.ts';

/** Tells every own page that something changed. Pages read again; payloads stay small. */
export type Publish = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

export function createPublish(ownIds: ReadonlySet<number>): Publish {
  return (name, payload) => {
    for (const id of ownIds) {
      const target = webContents.fromId(id);
      if (target && !target.isDestroyed() && !target.isCrashed()) target.send(EVENT_CHANNEL, { name, payload });
    }
  };
}
