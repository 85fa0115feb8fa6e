import { randomUUID } from 'node:crypto';
import { approvalsMissing, publishAt, type Draft, type Person } from '#shared/domain/authoring/draft.ts';
import type { Answer, Proposal } from '#shared/domain/authoring/proposal.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import { KNOWLEDGE_SCHEMAS, type PackLine } from '#shared/domain/knowledge.ts';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import type { HeldKey } from '#shared/domain/packs/keys.ts';
import { ruleFor, type TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { WorkshopReason } from '#shared/ipc/authoring.ts';
import type { AskWorkshop, Identity, ReviewRoom } from './app-workshop.ts';
import { answerBytes, proposalBytes, readHandOver, type Actor, type DraftResult } from './features/authoring/index.ts';
import { signatureOf, signChanges, type Publisher, type PublishOutcome, type RepositoryWriter, type Signer } from './features/packs/index.ts';
import type { Logger } from './lib/logger.ts';

/** The knowledge base this desk writes for, and its keys: what of packs' trust desk is needed here. */
export type WritingDesk = {
  publishing(): { kb: string; publisher: Publisher; writer: RepositoryWriter } | undefined;
  facts(): { policy: TrustPolicy; release: number } | undefined;
  signer(role: 'author' | 'approver'): Signer | undefined;
};

export type ReviewRoomParts = {
  desk: WritingDesk;
  keys: () => readonly HeldKey[];
  /** People besides the author the organisation's policy asks for. */
  approvals: () => 1 | 2;
  ask: AskWorkshop;
  /** Takes in what was just published, rather than at the next look. */
  checkChannel: () => Promise<void>;
  changed: () => void;
  log: Pick<Logger, 'warn' | 'info'>;
};

/** The channel is looked through for proposals and answers this often (ms); what is to be sent goes at once. */
const LOOK_MS = 10_000;
/** After a channel refused, what is due is tried again this much later (ms). */
const AGAIN_MS = 60_000;

export type ReviewDesk = ReviewRoom & {
  identity: () => Identity | undefined;
  /** Reads what came, writes what waits, and marks what is out. */
  look(): Promise<void>;
  start(): void;
  close(): void;
};

/** Review between desks: drafts go out signed by their author, answers come back signed by whoever gave them. */
export function createReviewRoom({ desk, keys, approvals, ask, checkChannel, changed, log }: ReviewRoomParts): ReviewDesk {
  let timer: ReturnType<typeof setInterval> | undefined;
  let looking: Promise<void> | undefined;

  const identity = (): Identity | undefined => {
    const policy = desk.facts()?.policy;
    const writing = keys().filter(({ roles }) => roles.includes('author') || roles.includes('approver'));
    const inPolicy = policy === undefined ? writing : writing.flatMap((key) => policy.keys.filter(({ id, roles }) => id === key.id && (roles.includes('author') || roles.includes('approver'))).map(({ roles, name }) => ({ ...key, roles, name })));
    const own = inPolicy.find(({ unlocked }) => unlocked) ?? inPolicy[0];
    if (own === undefined) return undefined;
    const signers = policy?.keys.filter(({ roles }) => roles.includes('author') || roles.includes('approver')) ?? [];
    const alone = policy !== undefined && signers.length === 1 && ruleFor(policy, '').threshold === 1 && approvals() === 1;
    const others = signers.filter(({ id, roles }) => id !== own.id && roles.includes('approver')).length;
    return {
      person: { key: own.id, name: own.name }, unlocked: own.unlocked, channel: policy !== undefined, mayPublish: own.roles.includes('approver'),
      policy: approvals(), alone, approversMissing: policy === undefined || alone ? 0 : Math.max(0, approvals() - others),
    };
  };
  const actor = (): Actor | undefined => {
    const known = identity();
    return known === undefined ? undefined : { person: known.person, policy: known.policy, alone: known.alone };
  };
  const signerOf = (person: Person): Signer | undefined => {
    const found = [desk.signer('approver'), desk.signer('author')].find((signer) => signer?.id === person.key);
    return found;
  };

  const propose = async (draft: Draft, text: string): Promise<void> => {
    const place = desk.publishing();
    const policy = desk.facts()?.policy;
    const signer = signerOf(draft.author);
    if (place === undefined || policy === undefined || signer === undefined) return;
    const ver = await ask('workshop.version', { kb: place.kb, kind: draft.kind, key: draft.key });
    const [change] = await signChanges({ kb: place.kb, epoch: policy.epoch, wanted: [draft.op === 'retire' ? { remove: `${draft.kind}/${draft.key}` } : { line: lineOf(draft) }], liveVersion: () => ver, by: signer, at: Date.now() });
    if (change === undefined) return;
    const { round } = await ask('workshop.proposal', { draft: draft.id });
    const proposal: Proposal = {
      format: 1, draft: draft.id, round, kb: place.kb, epoch: policy.epoch, by: draft.author, at: Date.now(), note: text, required: draft.required, change,
      ...(draft.validFrom === undefined ? {} : { validFrom: draft.validFrom }), ...(draft.validUntil === undefined ? {} : { validUntil: draft.validUntil }),
    };
    await ask('workshop.send-proposal', { proposal, text: proposalBytes(proposal, signer).toString('utf8') });
  };

  const answer = async (by: Person, draft: Draft, what: Answer['what'], text: string, path?: string): Promise<void> => {
    const place = desk.publishing();
    const signer = signerOf(by);
    const { latest } = await ask('workshop.proposal', { draft: draft.id });
    if (place === undefined || signer === undefined || latest === undefined) return;
    const { proposal } = latest;
    const reply: Answer = {
      format: 1, id: randomUUID(), draft: draft.id, round: proposal.round, kb: place.kb, by, at: Date.now(), what, text,
      ...(path === undefined ? {} : { path }),
      ...(what === 'approved' ? { signature: signatureOf(proposal.change.payloadType, proposal.change.text, signer) } : {}),
    };
    await ask('workshop.send-answer', { answer: reply, text: answerBytes(reply, signer).toString('utf8') });
  };

  /** Tells other desks what was done here. What cannot be written now waits in the drafts' own file. */
  const told = async (result: DraftResult, action: DraftAction): Promise<OutputOf<AppContract, 'authoring.act'>> => {
    const by = actor()?.person;
    if (!result.ok || by === undefined) return result;
    const { draft } = result;
    switch (action.type) {
      case 'submit':
        await propose(draft, action.text ?? '');
        break;
      case 'approve':
        await answer(by, draft, 'approved', action.text ?? '');
        break;
      case 'reject':
        await answer(by, draft, 'rejected', action.text);
        break;
      case 'withdraw':
        await answer(by, draft, 'withdrawn', '');
        break;
      case 'comment':
        await answer(by, draft, 'comment', action.text, action.path);
        break;
      case 'schedule':
      case 'require':
        return result;
    }
    void look();
    changed();
    return result;
  };

  const lookNow = async (): Promise<void> => {
    const place = desk.publishing();
    const facts = desk.facts();
    const by = actor();
    if (place === undefined || facts === undefined || by === undefined) return;
    const { names, outgoing } = await ask('workshop.hand-over', {});
    for (const { name, text } of outgoing) {
      const { state } = await place.writer.write(name, Buffer.from(text));
      if (state !== 'written') break;
      await ask('workshop.sent', { name });
    }
    const found = await readHandOver(place.writer, facts.policy, new Set(names.map((name) => name.slice(name.indexOf('/') + 1))));
    const took = found.read.length > 0 && (await ask('workshop.take', { ...found, policy: by.policy }));
    const settled = await ask('workshop.settle', { actor: by, release: facts.release });
    if (took || settled) changed();
    await publishDue(by);
  };

  /** Drafts that could not go out by themselves, and the change of them that was tried: once is enough, the workshop says that they are due. */
  const tried = new Map<string, number>();
  let dueAgainAt = 0;
  /** What was approved for a day that has come goes out while a key that may publish is unlocked here. */
  const publishDue = async (by: Actor): Promise<void> => {
    const own = identity();
    if (own?.unlocked !== true || !own.mayPublish || Date.now() < dueAgainAt) return;
    const due = (await ask('workshop.due', { actor: by, now: Date.now() })).filter(({ id, rev }) => tried.get(id) !== rev);
    if (due.length === 0) return;
    const outcome = await publish(by, due.map(({ id }) => id));
    if (outcome.ok) return;
    log.info('a change that is due could not be published by itself', { reason: outcome.reason });
    // A channel that is away may be back in a minute. One change that cannot go must not hold back the others.
    if (['channel-busy', 'someone-published', 'cannot-write'].includes(outcome.reason)) dueAgainAt = Date.now() + AGAIN_MS;
    else for (const one of due) {
      const single = due.length === 1 ? outcome : await publish(by, [one.id]);
      if (!single.ok) tried.set(one.id, one.rev);
    }
  };
  const look = (): Promise<void> => {
    looking ??= lookNow()
      .catch((cause: unknown) => log.warn('the channel could not be looked through for reviews', { error: String(cause) }))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  const publish = async (by: Actor, wanted: readonly string[]): Promise<OutputOf<AppContract, 'authoring.publish'>> => {
    const ids = [...new Set([...wanted, ...(await Promise.all(wanted.map((id) => ask('workshop.pictures', { id })))).flat()])];
    const refuse = (reason: WorkshopReason, which: readonly string[] = ids): OutputOf<AppContract, 'authoring.publish'> => ({ ok: false, reason, ids: [...which] });
    const place = desk.publishing();
    const signer = desk.signer('approver');
    if (place === undefined) return refuse('no-channel');
    if (signer === undefined) return refuse(identity()?.unlocked === true ? 'not-allowed' : 'locked-key');
    const drafts: Draft[] = [];
    for (const id of ids) {
      const { draft } = await ask('workshop.get', { id });
      if (draft === null) return refuse('gone', [id]);
      if (draft.state !== 'approved' || approvalsMissing(draft, by.policy, by.alone) > 0) return refuse('not-approved', [id]);
      if ((publishAt(draft) ?? 0) > Date.now()) return refuse('too-early', [id]);
      drafts.push(draft);
    }
    const signed = await ask('workshop.signed', { ids: [...ids] });
    const changes = signed.flatMap(({ change }): SignedChange[] => (change === undefined ? [] : [change]));
    if (changes.length !== ids.length) return refuse('gone', signed.filter(({ change }) => change === undefined).map(({ draft }) => draft));
    const outcome = await place.publisher.publish({ kb: place.kb, changes, note: drafts.map(({ comments }) => comments.findLast(({ what }) => what === 'submitted')?.text ?? '').filter((text) => text !== '').join('\n').slice(0, 4_000), by: signer });
    if (outcome.outcome !== 'published' || outcome.release === undefined) return refuse(publishReason(outcome, log));
    await ask('workshop.published', { actor: by, ids: [...ids], release: outcome.release });
    changed();
    // In use here as on every other desk, by the same way.
    void checkChannel().then(look, () => undefined);
    return { ok: true, release: outcome.release, count: changes.length };
  };

  return {
    identity, told, publish, look,
    start: () => {
      timer = setInterval(() => void look(), LOOK_MS);
      void look();
    },
    close: () => clearInterval(timer),
  };
}

/** The record as it is signed: a new one is given its dates, which every desk then keeps by itself. */
function lineOf(draft: Draft): PackLine {
  const dated = { ...draft.record, ...(draft.base === null && draft.validFrom !== undefined ? { validFrom: draft.validFrom } : {}), ...(draft.validUntil === undefined ? {} : { validUntil: draft.validUntil }) };
  return { kind: draft.kind, record: KNOWLEDGE_SCHEMAS[draft.kind].parse(dated) } as PackLine;
}

/** Why nothing was published, as the workshop says it. */
export function publishReason(outcome: PublishOutcome, log: Pick<Logger, 'warn'>): WorkshopReason {
  switch (outcome.outcome) {
    case 'overtaken':
      return 'someone-published';
    case 'conflict':
      return 'conflict';
    case 'channel':
      return outcome.state === 'read-only' || outcome.state === 'full' ? 'cannot-write' : 'channel-busy';
    case 'refused':
      log.warn('a release was refused before it was published', { reason: outcome.refusal.reason });
      if (outcome.refusal.reason === 'too-large') return 'too-large';
      return ['too-few-signatures', 'no-approver', 'not-allowed', 'same-signer-twice', 'unknown-key', 'revoked-key'].includes(outcome.refusal.reason) ? 'not-allowed' : 'channel-busy';
    case 'published':
      return 'channel-busy';
  }
}
