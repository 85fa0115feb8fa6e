import type { Script } from '../scripts/schema.ts';
import { sameNumber } from './clean.ts';

/**
 * The script a call opens by itself: the first whose `queues` names the call's queue, else the one
 * that names the number that was dialled. The queue wins because it is what the desk was told last.
 */
export function scriptForCall(scripts: readonly Script[], call: { queue?: string | undefined; dialled?: string | undefined }): string | undefined {
  const candidates = scripts.filter((script) => script.kind === 'call' && (script.queues?.length ?? 0) > 0);
  const queue = call.queue?.trim().toLowerCase();
  const byQueue = queue === undefined ? undefined : candidates.find((script) => script.queues?.some((name) => name.trim().toLowerCase() === queue));
  if (byQueue !== undefined) return byQueue.id;
  const { dialled } = call;
  return dialled === undefined ? undefined : candidates.find((script) => script.queues?.some((name) => /\d/.test(name) && sameNumber(name, dialled)))?.id;
}
