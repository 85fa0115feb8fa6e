import type { Msg } from '@nats-io/transport-node';
import type { DeskReport, DeskReports } from './change-source.ts';
import type { NatsFiles } from './nats-files.ts';
import type { NatsLink } from './nats-link.ts';
import type { NatsNames } from './nats-names.ts';

/** Files asked for at once: enough to fill a slow line, few enough to leave room for everything else. */
const AT_ONCE = 32;

/** What desks write on a server: the last of each by Direct Get, then each as it comes on one plain subscription. */
export function createNatsDesks(link: NatsLink, names: NatsNames, files: NatsFiles): DeskReports {
  const toReport = (subject: string, message: Msg, at: number): DeskReport | undefined => {
    const user = names.userOf(subject);
    const name = names.nameOf(subject);
    const removed = message.headers?.get('KV-Operation') === 'DEL';
    return user === undefined || name === undefined || removed || !Number.isFinite(at) ? undefined : { user, name, bytes: message.data, at };
  };
  return {
    all: async (onReport) => {
      const info = await files.info(names.desks, names.desksLive);
      if (!info.ok) return undefined;
      const subjects = Object.keys(info.value.state.subjects ?? {}).values();
      let complete = true;
      const readOn = async (): Promise<void> => {
        for (const subject of subjects) {
          const found = await files.last(names.desks, subject);
          if (!found.ok) {
            complete &&= found.why === 'absent';
            continue;
          }
          const { message } = found.value;
          await link.spend(message.data.length);
          const report = toReport(subject, message, Date.parse(message.headers?.get('Nats-Time-Stamp') ?? ''));
          if (report !== undefined) onReport(report);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, readOn));
      return complete ? 'read' : undefined;
    },
    subscribe: (listener) => {
      const stops = [
        link.listen(names.desksLive, (message) => {
          const report = toReport(message.subject, message, Date.now());
          if (report !== undefined) listener({ kind: 'report', report });
        }),
        link.onEvent((event) => (event === 'up' ? listener({ kind: 'missed' }) : undefined)),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
