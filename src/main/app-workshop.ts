import { randomUUID } from 'node:crypto';
import type { Person } from '#shared/domain/authoring/draft.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers, OutputOf } from '#shared/ipc/define.ts';
import type { Actor, DraftResult } from './features/authoring/index.ts';
import type { Host } from './processes/host.ts';
import type { WorkshopAnswers } from './processes/workshop-answers.ts';

type AuthoringRoutes = Extract<keyof Handlers<AppContract, 'main'>, `authoring.${string}`>;

/** Who this desk writes as, and what the channel it publishes to asks for. */
export type Identity = {
  person: Person;
  unlocked: boolean;
  /** Distinct keys besides the author's that have to agree. */
  policy: 1 | 2;
  /** The channel trusts this key alone and asks for one. */
  alone: boolean;
  /** An approver's key: it publishes. */
  mayPublish: boolean;
  /** There is a channel to publish to. */
  channel: boolean;
};

/** What drafts need of the channel: sending them for review, and publishing. */
export type ReviewRoom = {
  /** After an action on a draft: signs and sends what other desks have to know. */
  told(result: DraftResult, action: DraftAction): Promise<OutputOf<AppContract, 'authoring.act'>>;
  publish(actor: Actor, ids: readonly string[]): Promise<OutputOf<AppContract, 'authoring.publish'>>;
};

export type WorkshopDeps = {
  knowledge: Pick<Host, 'call'>;
  /** Asked for at the first need: most desks hold no key, and what keys need is not loaded there. */
  writing: () => Promise<Writing>;
};

/** Who this desk writes as, and what it can do with the channel it writes to. */
export type Writing = { identity: Identity | undefined; room: ReviewRoom | undefined; releases: ReleasesDesk | undefined };

/** Releases and the way back to one; see app-releases. */
export type ReleasesDesk = {
  list(): Promise<OutputOf<AppContract, 'authoring.releases'>>;
  rollback(release: number): Promise<OutputOf<AppContract, 'authoring.rollback'>>;
};

/** Asks the knowledge process about drafts, with the types its answers have. */
export type AskWorkshop = <R extends keyof WorkshopAnswers>(route: R, input: Parameters<WorkshopAnswers[R]>[0], id?: string) => Promise<Awaited<ReturnType<WorkshopAnswers[R]>>>;

export function askWorkshop(knowledge: Pick<Host, 'call'>): AskWorkshop {
  return async (route, input, id = randomUUID()) => (await knowledge.call(route, input, id)) as never;
}

/** Routes of the workshop. Who acts is put in here, from the keys of this desk: no page can say it is somebody else. */
export function createWorkshopHandlers({ knowledge, writing }: WorkshopDeps): Pick<Handlers<AppContract, 'main'>, AuthoringRoutes> {
  const ask = askWorkshop(knowledge);
  const noKey = { ok: false as const, reason: 'no-key' as const };
  /** Runs with who acts, or says that this desk holds no key. */
  const as = async <T>(work: (actor: Actor, now: Writing & { identity: Identity }) => Promise<T> | T): Promise<T | typeof noKey> => {
    const now = await writing();
    return now.identity === undefined ? noKey : work(actorOf(now.identity), { ...now, identity: now.identity });
  };

  return {
    'authoring.me': async () => {
      const { identity } = await writing();
      if (identity === undefined) return { person: null, unlocked: false, channel: false, policy: 1, alone: false, mayPublish: false };
      const { person, unlocked, channel, policy, alone, mayPublish } = identity;
      return { person, unlocked, channel, policy, alone, mayPublish };
    },
    'authoring.list': async (input) => {
      const { identity } = await writing();
      return ask('workshop.list', { ...input, actor: identity === undefined ? undefined : actorOf(identity) });
    },
    'authoring.get': (input) => ask('workshop.get', input),
    'authoring.open': (input, { id }) => as((by) => ask('workshop.open', { actor: by, input }, id)),
    'authoring.save': (input, { id }) => as((by) => ask('workshop.save', { actor: by, ...input }, id)),
    'authoring.undo': (input, { id }) => as((by) => ask('workshop.undo', { actor: by, ...input }, id)),
    'authoring.redo': (input, { id }) => as((by) => ask('workshop.redo', { actor: by, ...input }, id)),
    'authoring.act': (input, { id }) =>
      as(async (by, { identity, room }): Promise<DraftResult> => {
        const { type } = input.action;
        const signs = type !== 'schedule' && type !== 'require';
        if (signs && !identity.unlocked) return { ok: false, reason: 'locked-key' };
        if (signs && room === undefined) return { ok: false, reason: 'no-channel' };
        // Approving and sending back is for approvers; a signature of any other key would not count.
        if ((type === 'approve' || type === 'reject') && !identity.mayPublish) return { ok: false, reason: 'not-allowed' };
        const result = await ask('workshop.act', { actor: by, ...input }, id);
        return room === undefined ? result : room.told(result, input.action);
      }),
    'authoring.discard': async (input, { id }) => {
      await as((by) => ask('workshop.discard', { actor: by, ...input }, id));
      return {};
    },
    'authoring.restore': (input, { id }) => ask('workshop.restore', input, id),
    'authoring.compare': (input) => ask('workshop.compare', input),
    'authoring.resolve': (input, { id }) => as((by) => ask('workshop.resolve', { actor: by, ...input }, id)),
    'authoring.publish': async ({ ids }) => {
      const { identity, room } = await writing();
      if (identity === undefined) return { ok: false, reason: 'no-key', ids };
      if (room === undefined) return { ok: false, reason: 'no-channel', ids };
      if (!identity.unlocked) return { ok: false, reason: 'locked-key', ids };
      return room.publish(actorOf(identity), ids);
    },
    'authoring.releases': async () => (await writing()).releases?.list() ?? { releases: [] },
    'authoring.rollback': ({ release }) => as(async (_by, { identity, releases }) => (identity.mayPublish ? (releases?.rollback(release) ?? { ok: false, reason: 'no-channel' }) : { ok: false, reason: 'not-allowed' })),
    'authoring.browse': (input) => ask('workshop.browse', input),
    'authoring.stale': (input) => ask('workshop.stale', input),
  };
}

export function actorOf({ person, policy, alone }: Identity): Actor {
  return { person, policy, alone };
}
