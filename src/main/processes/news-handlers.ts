import { z } from 'zod';
import type { NewsService } from '#main/features/news/index.ts';
import { flagReplySchema } from '#shared/domain/news/flag.ts';
import { idSchema } from '#shared/domain/common.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';

type NewsRoutes = Extract<keyof Handlers<AppContract, 'records'>, `news.${string}` | `checks.${string}` | 'flags.list' | 'flags.add' | 'flags.remove' | 'flags.read'>;

/** Routes over news. `changed` hears of every flag that was added or taken back. */
export function createNewsHandlers(service: NewsService, changed: () => void): Pick<Handlers<AppContract, 'records'>, NewsRoutes> {
  return {
    'news.touch': (_input, { id }) => service.touch(id),
    'news.acknowledged': () => service.acknowledged(),
    'news.acknowledge': (input, { id }) => {
      service.acknowledge(id, input);
      changed();
      return {};
    },
    'checks.progress': () => service.progress(),
    'checks.rate': ({ card, rating }, { id }) => service.rate(id, card, rating),
    'checks.erase': (_input, { id }) => {
      service.eraseProgress(id);
      return {};
    },
    'flags.list': () => service.flags(),
    'flags.add': (input, { id }) => {
      const added = service.addFlag(id, input);
      changed();
      return added;
    },
    'flags.remove': ({ id: flag }, { id }) => {
      service.removeFlag(id, flag);
      changed();
      return {};
    },
    'flags.read': ({ id: flag }, { id }) => {
      service.flagRead(id, flag);
      changed();
      return {};
    },
  };
}

/** What the updater in the main process tells the records; windows have no route to any of it. */
export const newsCall = { sent: 'news.flags-sent', replied: 'news.flags-replied' } as const;
const sentInput = z.strictObject({ flags: z.array(idSchema).max(500) });
const repliedInput = z.strictObject({ replies: z.array(flagReplySchema).max(500) });

/** Answers the updater's calls; undefined for every other route. */
export function createUpdaterHandlers(service: NewsService, changed: () => void): (route: string, input: unknown, id: string) => { answer: unknown } | undefined {
  return (route, input, id) => {
    switch (route) {
      case newsCall.sent:
        for (const flag of sentInput.parse(input).flags) service.flagSent(`${id} ${flag}`, flag);
        break;
      case newsCall.replied:
        for (const reply of repliedInput.parse(input).replies) service.flagReplied(`${id} ${reply.flag}`, reply);
        break;
      default:
        return undefined;
    }
    changed();
    return { answer: null };
  };
}
