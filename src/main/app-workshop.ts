import { randomUUID } from 'node:crypto';
import { THIS_DESK, type Person } from '#shared/domain/authoring/draft.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers, OutputOf } from '#shared/ipc/define.ts';
import type { Actor, DraftResult } from './features/authoring/index.ts';
import type { Host } from './processes/host.ts';
import type { WorkshopAnswers } from './processes/workshop-answers.ts';

type AuthoringRoutes = Extract<keyof Handlers<AppContract, 'main'>, `authoring.${string}` | `local.${string}`>;

/** Who this desk writes as, and what the channel it publishes to asks for. */
export type Identity = {
  person: Person;
  unlocked: boolean;
  /** Distinct keys besides the author's that have to agree. */
  policy: 1 | 2;
  /** The channel trusts this key alone and one approval is asked for. */
  alone: boolean;
  /** Approvers the trust lacks: with this many more, what is written here could be published. */
  approversMissing: number;
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
  identity: () => Identity | undefined;
  room: ReviewRoom | undefined;
  releases: ReleasesDesk | undefined;
  /** The organisation lets desks change records for themselves. */
  mayChangeHere: () => boolean;
  /** The agent's name, for what is changed on this desk alone. */
  agentName: () => string;
};

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

/** Actions on an article that its pictures share. Comments and dates are about the text. */
const WITH_PICTURES: ReadonlySet<DraftAction['type']> = new Set(['submit', 'withdraw', 'approve', 'reject', 'require']);

/** Routes of the workshop. Who acts is put in here, from the keys of this desk: no page can say it is somebody else. */
export function createWorkshopHandlers({ knowledge, identity, room, releases, mayChangeHere, agentName }: WorkshopDeps): Pick<Handlers<AppContract, 'main'>, AuthoringRoutes> {
  const ask = askWorkshop(knowledge);
  const noKey = { ok: false as const, reason: 'no-key' as const };
  const actor = (): Actor | undefined => {
    const known = identity();
    return known === undefined ? undefined : { person: known.person, policy: known.policy, alone: known.alone };
  };
  /** Whoever sits here may change what this desk alone shows; a key is for what others get. */
  const here = (): Actor => actor() ?? { person: { key: THIS_DESK, name: agentName() }, policy: 1, alone: false };
  /** Runs with who acts, or says that this desk holds no key. */
  const as = <T>(work: (actor: Actor) => Promise<T>): Promise<T | typeof noKey> => {
    const by = actor();
    return by === undefined ? Promise.resolve(noKey) : work(by);
  };

  return {
    'authoring.me': () => {
      const known = identity();
      return known === undefined
        ? { person: null, unlocked: false, channel: false, policy: 1, alone: false, approversMissing: 0, mayPublish: false }
        : { person: known.person, unlocked: known.unlocked, channel: known.channel, policy: known.policy, alone: known.alone, approversMissing: known.approversMissing, mayPublish: known.mayPublish };
    },
    'authoring.list': (input) => ask('workshop.list', { ...input, actor: actor() }),
    'authoring.get': (input) => ask('workshop.get', input),
    'authoring.open': (input, { id }) => (input.from === 'here' ? (mayChangeHere() ? ask('workshop.open', { actor: here(), input }, id) : { ok: false, reason: 'not-here' }) : as((by) => ask('workshop.open', { actor: by, input }, id))),
    'authoring.save': (input, { id }) => ask('workshop.save', { actor: here(), ...input }, id),
    'authoring.undo': (input, { id }) => ask('workshop.undo', { actor: here(), ...input }, id),
    'authoring.redo': (input, { id }) => ask('workshop.redo', { actor: here(), ...input }, id),
    'authoring.act': (input, { id }) =>
      as(async (by) => {
        const signs = ['submit', 'approve', 'reject', 'withdraw', 'comment'].includes(input.action.type);
        if (signs && identity()?.unlocked !== true) return { ok: false, reason: 'locked-key' };
        // Approving and sending back is for approvers; a signature of any other key would not count.
        if ((input.action.type === 'approve' || input.action.type === 'reject') && identity()?.mayPublish !== true) return { ok: false, reason: 'not-allowed' };
        const result = await ask('workshop.act', { actor: by, ...input }, id);
        if (!result.ok) return result;
        // Pictures an article was given go the same way as the article: nobody has to think of them.
        for (const picture of WITH_PICTURES.has(input.action.type) ? await ask('workshop.pictures', { id: input.id }) : []) {
          const alike = await ask('workshop.act', { actor: by, id: picture, action: input.action }, `${id} ${picture}`);
          if (alike.ok) await room?.told(alike, input.action);
        }
        return room === undefined ? result : room.told(result, input.action);
      }),
    'authoring.discard': async (input, { id }) => {
      await ask('workshop.discard', { actor: here(), ...input }, id);
      return {};
    },
    'authoring.restore': (input, { id }) => ask('workshop.restore', input, id),
    'authoring.unsent': (input) => ask('workshop.unsent', input),
    'authoring.keep-unsent': (input, { id }) => ask('workshop.keep-unsent', input, id),
    'authoring.picture': (input) => ask('workshop.picture', input),
    'authoring.compare': (input) => ask('workshop.compare', input),
    'authoring.resolve': (input, { id }) => ask('workshop.resolve', { actor: here(), ...input }, id),
    'authoring.publish': async ({ ids }) => {
      const by = actor();
      if (by === undefined) return { ok: false, reason: 'no-key', ids };
      if (room === undefined) return { ok: false, reason: 'no-channel', ids };
      if (identity()?.unlocked !== true) return { ok: false, reason: 'locked-key', ids };
      return room.publish(by, ids);
    },
    'authoring.releases': () => releases?.list() ?? { releases: [] },
    'authoring.rollback': async ({ release }) => releases?.rollback(release) ?? { ok: false, reason: 'no-channel' },
    'local.list': () => ask('workshop.local-list', {}),
    'local.use': (input) => (mayChangeHere() ? ask('workshop.local-use', { ...input, by: actor()?.person.name ?? agentName() }) : { ok: false, reason: 'not-here' }),
    'local.hide': (input) => (mayChangeHere() ? ask('workshop.local-hide', { ...input, by: actor()?.person.name ?? agentName() }) : { ok: false, reason: 'not-here' }),
    'local.undo': (input) => ask('workshop.local-undo', input),
    'local.keep': (input) => ask('workshop.local-keep', input),
    'authoring.browse': (input) => ask('workshop.browse', input),
    'authoring.stale': (input) => ask('workshop.stale', input),
  };
}

/** Who acts, for the rules of review. */
export function actorOf({ person, policy, alone }: Identity): Actor {
  return { person, policy, alone };
}
