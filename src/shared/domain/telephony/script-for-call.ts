import type { Script } from '../scripts/schema.ts';
import { sameNumber } from './clean.ts';
import type { ScriptRoute } from './settings.ts';

type Asked = { queue?: string | undefined; dialled?: string | undefined };

/**
 * The script a call opens by itself. What this desk set for the queue or the dialled number comes first, then
 * the first script whose `queues` names the queue, then the one that names the number. The queue wins over the
 * number because it is what the desk was told last; a script that is not on this desk counts as not set.
 */
export function scriptForCall(scripts: readonly Script[], call: Asked, routes: readonly ScriptRoute[] = []): string | undefined {
  const candidates = scripts.filter((script) => script.kind === 'call');
  const set = routes.filter((route) => candidates.some((script) => script.id === route.script));
  const named = candidates.flatMap((script) => (script.queues ?? []).map((match): ScriptRoute => ({ match, script: script.id })));
  return pick(set, call) ?? pick(named, call);
}

function pick(routes: readonly ScriptRoute[], { queue, dialled }: Asked): string | undefined {
  const wanted = queue?.trim().toLowerCase();
  const byQueue = wanted === undefined ? undefined : routes.find(({ match }) => match.trim().toLowerCase() === wanted);
  const byNumber = dialled === undefined ? undefined : routes.find(({ match }) => /\d/.test(match) && sameNumber(match, dialled));
  return (byQueue ?? byNumber)?.script;
}
