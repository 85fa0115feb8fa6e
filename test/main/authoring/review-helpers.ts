import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createReleases } from '#main/app-releases.ts';
import { createReviewRoom, type ReviewDesk } from '#main/app-review.ts';
import { createWorkshopHandlers, type AskWorkshop, type ReleasesDesk } from '#main/app-workshop.ts';
import { createVersions } from '#main/features/authoring/index.ts';
import { storedVersions } from '#main/features/channels/index.ts';
import { createLayers, createLocalLayer } from '#main/features/knowledge/index.ts';
import { createPublisher, lastTrusted } from '#main/features/packs/index.ts';
import { createWorkshopAnswers } from '#main/processes/workshop-answers.ts';
import type { Draft, Unfinished } from '#shared/domain/authoring/draft.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import { newDesk, type Desk } from '../packs/desk.ts';
import { openShop, product, sign, tempDir, type MemoryChannel, type Person, type Shop } from '../packs/helpers.ts';

export type Writer = {
  desk: Desk;
  room: ReviewDesk;
  handlers: ReturnType<typeof createWorkshopHandlers>;
  ask: AskWorkshop;
  releases: ReleasesDesk;
  /** Takes the newest release, as the channels of a desk do, and looks for reviews. */
  sync(): Promise<void>;
  draft(id: string): Promise<Draft>;
  /** The organisation no longer lets the desk change records for itself. */
  forbidChangesHere(): void;
  /** Locks the key, or unlocks it. */
  lock(locked: boolean): void;
  act(id: string, action: DraftAction): Promise<Draft>;
};

/** A supervisor's desk: its own data folder, its key, and the channel all of them share. */
export async function writer(shop: Shop, person: Person, channel: MemoryChannel = shop.channel, approvals: () => 1 | 2 = () => 1, trusted?: readonly Person['card'][]): Promise<Writer> {
  let locked = false;
  let mayChangeHere = true;
  const desk = await newDesk(shop);
  await desk.update();
  // One look at the channel at a time, as on a desk.
  let busy: Promise<unknown> = Promise.resolve();
  const update = (): Promise<unknown> => (busy = busy.then(() => desk.update()));
  const answers = createWorkshopAnswers({
    dataDir: tempDir(), knowledge: desk.repository, versions: createVersions(desk.db), searchProducts: () => [], busy: () => false,
    layer: createLocalLayer({ repository: desk.repository, layers: createLayers(desk.db), index: () => undefined, now: Date.now }),
    tools: { publish: () => undefined, log: () => undefined },
  });
  onTestFinished(() => answers.close());
  const ask: AskWorkshop = async (route, input, id = randomUUID()) => (await answers.handle(route, input, id)?.answer) as never;
  const parts = {
    desk: {
      publishing: () => ({ kb: 'shop', writer: channel, publisher: createPublisher({ writer: channel, store: desk.store, now: () => shop.clock.now }) }),
      facts: () => {
        const state = lastTrusted(desk.store, 'shop');
        return state === undefined ? undefined : { policy: trusted === undefined ? state.policy : { ...state.policy, keys: [...trusted] }, release: state.release ?? 0, state };
      },
      signer: (role: 'author' | 'approver') => (!locked && person.card.roles.includes(role) ? person.signer : undefined),
    },
    keys: () => [{ ...person.card, unlocked: !locked, wrapped: false }], approvals,
    ask, changed: () => undefined, log: { info: () => undefined, warn: (message: string, details?: unknown) => { throw new Error(`${message} ${JSON.stringify(details)}`); } },
    checkChannel: async () => void (await update()),
  };
  const room = createReviewRoom(parts);
  const releases = createReleases({ ...parts, identity: room.identity, told: room.told, workFile: () => join(tempDir(), 'differences.ndjson'), installed: async (kb) => storedVersions(desk.db, kb).release ?? 0 });
  const handlers = createWorkshopHandlers({ knowledge: { call: (route, input, id) => ask(route as never, input as never, id) }, identity: room.identity, room, releases, agentName: () => 'Ada', mayChangeHere: () => mayChangeHere });
  const draft = async (id: string): Promise<Draft> => {
    const { draft: found } = await handlers['authoring.get']({ id }, { id: randomUUID() });
    if (found === null) throw new Error('no draft');
    return found;
  };
  return {
    desk, room, handlers, ask, releases, draft,
    forbidChangesHere: () => {
      mayChangeHere = false;
    },
    lock: (next) => {
      locked = next;
    },
    sync: async () => {
      await update();
      await room.look();
    },
    act: async (id, action) => {
      const reply = await handlers['authoring.act']({ id, rev: (await draft(id)).rev, action }, { id: randomUUID() });
      if (!reply.ok) throw new Error(`${action.type}: ${reply.reason}`);
      await room.look();
      return reply.draft;
    },
  };
}

export async function begin(by: Writer, input: Parameters<Writer['handlers']['authoring.open']>[0], change: (record: Unfinished) => Unfinished): Promise<Draft> {
  const opened = await by.handlers['authoring.open'](input, { id: randomUUID() });
  if (!opened.ok) throw new Error(opened.reason);
  const saved = await by.handlers['authoring.save']({ id: opened.draft.id, rev: opened.draft.rev, record: change(opened.draft.record) }, { id: randomUUID() });
  if (!saved.ok) throw new Error(saved.reason);
  return by.draft(opened.draft.id);
}

export async function shopWithLamp(): Promise<Shop> {
  const shop = await openShop();
  const published = await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 1_999)], shop.ben.signer), note: 'first', by: shop.ben.signer });
  expect(published).toMatchObject({ outcome: 'published', release: 1 });
  return shop;
}

export const cheaper = (amount: number) => (record: Unfinished): Unfinished => ({ ...record, price: { amount, currency: 'EUR' } });
