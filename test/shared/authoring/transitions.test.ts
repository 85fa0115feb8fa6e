import { describe, expect, test } from 'vitest';
import type { Draft, DraftState, Person } from '#shared/domain/authoring/draft.ts';
import { act, published, rebased, type Circumstances, type DraftAction, type Refusal } from '#shared/domain/authoring/transitions.ts';

const ANNA: Person = { key: 'a1', name: 'Anna' };
const BO: Person = { key: 'b2', name: 'Bo' };
const CYD: Person = { key: 'c3', name: 'Cyd' };

function draft(change: Partial<Draft> = {}): Draft {
  return {
    id: 'd1', kind: 'product', key: 'SKU-1', op: 'put', record: { sku: 'SKU-1', name: 'Lamp' }, base: null, baseVer: 0, state: 'draft', author: ANNA,
    approvals: [], required: 1, comments: [], createdAt: 1, updatedAt: 1, rev: 3, canUndo: false, canRedo: false, ...change,
  };
}

function now(by: Person, change: Partial<Circumstances> = {}): Circumstances {
  return { by, at: 1_000, newId: 'c1', hasErrors: false, changed: true, policy: 1, alone: false, ...change };
}

/** Runs actions in turn; each must be accepted. */
function walk(start: Draft, ...steps: readonly (readonly [Person, DraftAction])[]): Draft {
  return steps.reduce((at, [by, action]) => {
    const outcome = act(at, action, now(by));
    if (!outcome.ok) throw new Error(`${action.type} was refused: ${outcome.reason}`);
    return outcome.draft;
  }, start);
}

const SUBMIT: DraftAction = { type: 'submit' };
const APPROVE: DraftAction = { type: 'approve' };
const REJECT: DraftAction = { type: 'reject', text: 'The price lacks tax.' };
const WITHDRAW: DraftAction = { type: 'withdraw' };
const COMMENT: DraftAction = { type: 'comment', text: 'Which tax?', path: '/price' };
const SCHEDULE: DraftAction = { type: 'schedule', from: 5_000, until: null };
const REQUIRE: DraftAction = { type: 'require', approvals: 2 };

describe('every action in every state', () => {
  const before: Record<DraftState, Draft> = {
    draft: draft(),
    'in-review': walk(draft(), [ANNA, SUBMIT]),
    approved: walk(draft(), [ANNA, SUBMIT], [BO, APPROVE]),
    published: draft({ state: 'published', release: 4 }),
    retired: draft({ state: 'retired', op: 'retire', release: 4 }),
  };
  type Row = readonly [DraftState, Person, DraftAction, DraftState | Refusal];
  const rows: readonly Row[] = [
    ['draft', ANNA, SUBMIT, 'in-review'], ['draft', BO, SUBMIT, 'not-the-author'], ['draft', ANNA, WITHDRAW, 'not-in-review'],
    ['draft', BO, APPROVE, 'not-in-review'], ['draft', BO, REJECT, 'not-in-review'], ['draft', BO, COMMENT, 'draft'], ['draft', ANNA, SCHEDULE, 'draft'], ['draft', ANNA, REQUIRE, 'draft'],
    ['in-review', ANNA, SUBMIT, 'not-a-draft'], ['in-review', ANNA, WITHDRAW, 'draft'], ['in-review', BO, WITHDRAW, 'not-the-author'],
    ['in-review', ANNA, APPROVE, 'own-draft'], ['in-review', BO, APPROVE, 'approved'], ['in-review', ANNA, REJECT, 'own-draft'], ['in-review', BO, REJECT, 'draft'],
    ['in-review', BO, COMMENT, 'in-review'], ['in-review', ANNA, SCHEDULE, 'not-a-draft'], ['in-review', ANNA, REQUIRE, 'not-a-draft'],
    ['approved', ANNA, SUBMIT, 'not-a-draft'], ['approved', ANNA, WITHDRAW, 'draft'], ['approved', BO, APPROVE, 'approved-already'], ['approved', CYD, APPROVE, 'approved'],
    ['approved', CYD, REJECT, 'draft'], ['approved', BO, COMMENT, 'approved'], ['approved', ANNA, SCHEDULE, 'not-a-draft'],
    ...(['published', 'retired'] as const).flatMap((state): Row[] => [
      [state, ANNA, SUBMIT, 'already-out'], [state, ANNA, WITHDRAW, 'already-out'], [state, BO, APPROVE, 'already-out'], [state, BO, REJECT, 'already-out'],
      [state, ANNA, SCHEDULE, 'already-out'], [state, ANNA, REQUIRE, 'already-out'], [state, BO, COMMENT, state],
    ]),
  ];
  test.each(rows)('%s: %o does %o', (state, by, action, expected) => {
    const outcome = act(before[state], action, now(by));
    expect(outcome.ok ? outcome.draft.state : outcome.reason).toBe(expected);
  });
});

test('nobody approves their own change, whatever name they go by', () => {
  const waiting = walk(draft(), [ANNA, SUBMIT]);
  expect(act(waiting, APPROVE, now({ key: ANNA.key, name: 'Somebody else' }))).toEqual({ ok: false, reason: 'own-draft' });
});

test('a supervisor whose channel trusts nobody else may publish; never where two have to sign', () => {
  const waiting = walk(draft(), [ANNA, SUBMIT]);
  expect(act(waiting, APPROVE, now(ANNA, { alone: true })).ok).toBe(true);
  expect(act(waiting, APPROVE, now(ANNA, { alone: true, policy: 2 }))).toEqual({ ok: false, reason: 'own-draft' });
  expect(act(walk(draft({ required: 2 }), [ANNA, SUBMIT]), APPROVE, now(ANNA, { alone: true }))).toEqual({ ok: false, reason: 'own-draft' });
});

test('two approvals are two people; the same one twice is one', () => {
  const once = walk(draft({ required: 2 }), [ANNA, SUBMIT], [BO, APPROVE]);
  expect(once.state).toBe('in-review');
  expect(act(once, APPROVE, now(BO))).toEqual({ ok: false, reason: 'approved-already' });
  expect(walk(once, [CYD, APPROVE]).state).toBe('approved');
});

test('the policy asks for two where the draft asks for one', () => {
  const waiting = walk(draft(), [ANNA, SUBMIT]);
  const outcome = act(waiting, APPROVE, now(BO, { policy: 2 }));
  expect(outcome.ok && outcome.draft.state).toBe('in-review');
  expect(act(draft(), { type: 'require', approvals: 1 }, now(ANNA, { policy: 2 }))).toEqual({ ok: false, reason: 'below-policy' });
});

test('a rejection sends it back with its reason and without old approvals', () => {
  const back = walk(draft({ required: 2 }), [ANNA, SUBMIT], [BO, APPROVE], [CYD, REJECT]);
  expect(back).toMatchObject({ state: 'draft', approvals: [] });
  expect(back.comments.at(-1)).toMatchObject({ what: 'rejected', by: CYD, text: 'The price lacks tax.' });
  // Sent again, it needs both again.
  expect(walk(back, [ANNA, SUBMIT], [BO, APPROVE]).state).toBe('in-review');
});

test('unfinished or unchanged work is not sent for review; taking a record off needs neither', () => {
  expect(act(draft(), SUBMIT, now(ANNA, { hasErrors: true }))).toEqual({ ok: false, reason: 'has-errors' });
  expect(act(draft(), SUBMIT, now(ANNA, { changed: false }))).toEqual({ ok: false, reason: 'nothing-changed' });
  expect(act(draft({ op: 'retire' }), SUBMIT, now(ANNA, { changed: false, hasErrors: true })).ok).toBe(true);
});

test('dates: an end before the beginning is refused, taking a date back leaves none', () => {
  expect(act(draft(), { type: 'schedule', from: 5_000, until: 4_000 }, now(ANNA))).toEqual({ ok: false, reason: 'ends-before-it-starts' });
  expect(act(draft(), { type: 'schedule', from: null, until: 900 }, now(ANNA))).toEqual({ ok: false, reason: 'ends-before-it-starts' });
  const outcome = act(draft({ validFrom: 5_000, validUntil: 9_000 }), { type: 'schedule', from: null, until: null }, now(ANNA));
  expect(outcome.ok && Object.keys(outcome.draft)).not.toContain('validFrom');
});

describe('publishing', () => {
  test('only what enough people approved goes out', () => {
    expect(published(draft(), 7, now(ANNA))).toEqual({ ok: false, reason: 'not-approved' });
    const approved = walk(draft(), [ANNA, SUBMIT], [BO, APPROVE]);
    expect(published(approved, 7, now(ANNA))).toMatchObject({ ok: true, draft: { state: 'published', release: 7 } });
    expect(published(approved, 7, now(ANNA, { policy: 2 }))).toEqual({ ok: false, reason: 'not-approved' });
    expect(published(draft({ state: 'published' }), 7, now(ANNA))).toEqual({ ok: false, reason: 'already-out' });
  });

  test('taking a record off ends in retired', () => {
    const approved = walk(draft({ op: 'retire' }), [ANNA, SUBMIT], [BO, APPROVE]);
    expect(published(approved, 8, now(BO))).toMatchObject({ ok: true, draft: { state: 'retired' } });
  });

  test('a merged draft has to be reviewed anew', () => {
    const approved = walk(draft(), [ANNA, SUBMIT], [BO, APPROVE]);
    const outcome = rebased(approved, { record: { sku: 'SKU-1', name: 'Lamp two' }, ver: 3 }, { sku: 'SKU-1', name: 'Lamp three' }, now(ANNA));
    expect(outcome).toMatchObject({ ok: true, draft: { state: 'draft', approvals: [], baseVer: 3, base: { name: 'Lamp two' }, record: { name: 'Lamp three' } } });
    expect(rebased(draft({ state: 'retired' }), { record: null, ver: 3 }, {}, now(ANNA))).toEqual({ ok: false, reason: 'already-out' });
  });
});
