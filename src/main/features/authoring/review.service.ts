import { isOpen, type Draft, type Unfinished } from '#shared/domain/authoring/draft.ts';
import { sameJson, type Json } from '#shared/domain/authoring/merge.ts';
import type { Answer, Proposal } from '#shared/domain/authoring/proposal.ts';
import { titleOf } from '#shared/domain/authoring/title.ts';
import { arrived, type DraftAction } from '#shared/domain/authoring/transitions.ts';
import { changeRecordSchema, parseChangeKey, type SignedChange } from '#shared/domain/packs/change.ts';
import type { Actor, AuthoringService, Live } from './authoring.service.ts';
import type { DraftsRepository } from './drafts.repository.ts';
import type { HandOverRepository } from './hand-over.repository.ts';
import { answerName, proposalName } from './names.ts';

export type ReviewDeps = {
  drafts: DraftsRepository;
  handOver: HandOverRepository;
  service: AuthoringService;
  live: (kind: Draft['kind'], key: string) => Live | undefined;
  language: string;
  newId: () => string;
  now: () => number;
};

export type ReviewService = ReturnType<typeof createReviewService>;

/** Reviews between desks: what was sent, what came, and what that makes of the drafts here. */
export function createReviewService({ drafts, handOver, service, live, language, newId, now }: ReviewDeps) {
  const takeProposal = (proposal: Proposal): boolean => {
    const here = drafts.find(proposal.draft);
    const known = handOver.latest(proposal.draft);
    handOver.keep({ name: proposalName(proposal), draft: proposal.draft, round: proposal.round, what: 'proposal', value: proposal });
    // A draft written here knows better; a proposal older than the one at hand changes nothing.
    if (known !== undefined && known.proposal.round >= proposal.round) return false;
    if (here !== undefined && (!isOpen(here.state) || here.author.key !== proposal.by.key)) return false;
    const draft = draftOf(proposal, here);
    if (draft === undefined) return false;
    service.receive(`take ${proposalName(proposal)}`, draft);
    return true;
  };

  const draftOf = (proposal: Proposal, here: Draft | undefined): Draft | undefined => {
    const change = changeRecordSchema.parse(JSON.parse(proposal.change.text));
    const named = parseChangeKey(change.key);
    if (named === undefined) return undefined;
    const current = live(named.kind, named.key);
    const record = change.op === 'put' ? (change.body as Unfinished) : (current?.record ?? {});
    return {
      id: proposal.draft, kind: named.kind, key: named.key, op: change.op === 'put' ? 'put' : 'retire', record,
      // It is compared with what is live here; a change made against another version is refused when it is published.
      base: current?.record ?? null, baseVer: change.ver - 1, state: 'in-review', author: proposal.by, approvals: [], required: proposal.required,
      comments: [...(here?.comments ?? []), { id: `${proposal.draft}-${proposal.round}`, what: 'submitted', by: proposal.by, at: proposal.at, text: proposal.note }],
      ...(proposal.validFrom === undefined ? {} : { validFrom: proposal.validFrom }), ...(proposal.validUntil === undefined ? {} : { validUntil: proposal.validUntil }),
      createdAt: here?.createdAt ?? proposal.at, updatedAt: proposal.at, rev: here?.rev ?? 1, canUndo: false, canRedo: false,
    };
  };

  const takeAnswer = (answer: Answer, policy: 1 | 2): boolean => {
    const name = answerName(answer);
    handOver.keep({ name, draft: answer.draft, round: answer.round, what: 'answer', value: answer });
    const known = handOver.latest(answer.draft);
    if (known === undefined || (known.proposal.round !== answer.round && answer.what !== 'comment')) return false;
    const action: DraftAction =
      answer.what === 'approved' ? { type: 'approve', text: answer.text } : answer.what === 'rejected' ? { type: 'reject', text: answer.text === '' ? '–' : answer.text }
        : answer.what === 'withdrawn' ? { type: 'withdraw' } : { type: 'comment', text: answer.text, ...(answer.path === undefined ? {} : { path: answer.path }) };
    return service.act(`take ${name}`, { person: answer.by, policy, alone: false }, { id: answer.draft, action }).ok;
  };

  return {
    names: () => handOver.names(),
    outgoing: () => handOver.outgoing(),
    sent: (name: string) => handOver.sent(name),
    /** The number the next proposal of a draft has. */
    nextRound: (draft: string): number => (handOver.latest(draft)?.proposal.round ?? 0) + 1,
    latest: (draft: string) => handOver.latest(draft),
    keepProposal: (proposal: Proposal, text: string): void => handOver.keep({ name: proposalName(proposal), draft: proposal.draft, round: proposal.round, what: 'proposal', value: proposal }, text),
    keepAnswer: (answer: Answer, text: string): void => handOver.keep({ name: answerName(answer), draft: answer.draft, round: answer.round, what: 'answer', value: answer }, text),
    /** What came through the channel; each file counts once. True when a draft changed. */
    take: (found: { proposals: readonly Proposal[]; answers: readonly Answer[]; read: readonly string[] }, policy: 1 | 2): boolean => {
      let changed = false;
      for (const proposal of found.proposals) changed = takeProposal(proposal) || changed;
      for (const answer of found.answers) changed = takeAnswer(answer, policy) || changed;
      const named = new Set(handOver.names());
      for (const name of found.read) if (!named.has(`handover/${name}`)) handOver.keep({ name: `handover/${name}`, draft: '', round: 0, what: 'other', value: null });
      return changed;
    },
    /** The change of a draft with every signature there is for it. */
    signed: (draft: string): SignedChange | undefined => {
      const known = handOver.latest(draft);
      if (known === undefined) return undefined;
      const signatures = [...known.proposal.change.signatures];
      for (const { what, signature } of known.answers) if (what === 'approved' && signature !== undefined && !signatures.some(({ keyid }) => keyid === signature.keyid)) signatures.push(signature);
      return { ...known.proposal.change, signatures };
    },
    /** Drafts whose change is what this desk now has: they are out, whoever published them. */
    settle: (actor: Actor, release: number): boolean => {
      let changed = false;
      for (const { id } of drafts.list({ states: ['in-review', 'approved'], from: 0, count: 1_000 }).heads) {
        const draft = drafts.find(id);
        const known = handOver.latest(id);
        if (draft === undefined || known === undefined) continue;
        const change = changeRecordSchema.parse(JSON.parse(known.proposal.change.text));
        const current = live(draft.kind, draft.key);
        const out = change.op === 'delete' ? current === undefined : current !== undefined && current.ver >= change.ver && sameJson(current.record as Json, change.body as Json);
        if (!out) continue;
        const outcome = arrived(draft, release, { by: actor.person, at: now(), newId: newId(), policy: actor.policy, alone: actor.alone, hasErrors: false, changed: true });
        if (outcome.ok) {
          drafts.update({ ...outcome.draft, rev: draft.rev + 1 }, titleOf(draft.kind, draft.record, language));
          changed = true;
        }
      }
      return changed;
    },
  };
}
