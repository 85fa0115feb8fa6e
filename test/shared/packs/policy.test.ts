import { describe, expect, it } from 'vitest';
import { changeKey, parseChangeKey } from '#shared/domain/packs/change.ts';
import { deciding } from '#shared/domain/packs/combine.ts';
import { enoughSigners, ruleFor, trustPolicySchema, whyNot, type TrustPolicy } from '#shared/domain/packs/policy.ts';
import { isPassing, REFUSAL_REASONS } from '#shared/domain/packs/refusal.ts';
import { refusalText } from '#shared/domain/packs/refusal-text.ts';
import { catalogues, en } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';

const id = (digit: string): string => digit.repeat(64);
const person = (digit: string, roles: ('author' | 'approver' | 'owner')[]): TrustPolicy['keys'][number] => ({ id: id(digit), publicKey: id(digit), name: `Person ${digit}`, roles, createdAt: 0 });

const policy: TrustPolicy = trustPolicySchema.parse({
  kb: 'shop',
  epoch: 1,
  title: 'Shop',
  keys: [person('a', ['author']), person('b', ['author', 'approver']), person('c', ['approver']), person('d', ['owner'])],
  revoked: [{ id: id('e'), name: 'Person e', at: 1 }],
  rules: [
    { prefix: '', keys: [], threshold: 1 },
    { prefix: 'script/', keys: [], threshold: 2 },
    { prefix: 'script/legal-', keys: [id('b'), id('c')], threshold: 2 },
  ],
});

describe('who may sign what', () => {
  it('takes the longest prefix, whatever the order of the rules', () => {
    expect(ruleFor(policy, 'product/1').threshold).toBe(1);
    expect(ruleFor(policy, 'script/refund').threshold).toBe(2);
    expect(ruleFor({ ...policy, rules: policy.rules.toReversed() }, 'script/legal-1').keys).toEqual([id('b'), id('c')]);
  });

  it('names why a signer does not count: withdrawn, unknown, only an owner, not for this prefix', () => {
    const rule = ruleFor(policy, 'script/legal-1');
    expect(whyNot(policy, rule, 'k', id('e'))?.reason).toBe('revoked-key');
    expect(whyNot(policy, rule, 'k', id('f'))?.reason).toBe('unknown-key');
    expect(whyNot(policy, ruleFor(policy, 'product/1'), 'k', id('d'))?.reason).toBe('not-allowed');
    expect(whyNot(policy, rule, 'k', id('a'))?.reason).toBe('not-allowed');
    expect(whyNot(policy, rule, 'k', id('b'))).toBeUndefined();
  });

  it('counts one person once, and asks for an approver', () => {
    const two = ruleFor(policy, 'script/refund');
    const one = ruleFor(policy, 'product/1');
    expect(enoughSigners(policy, two, 'k', [id('a'), id('b')])).toBeUndefined();
    expect(enoughSigners(policy, two, 'k', [id('b')])?.reason).toBe('too-few-signatures');
    expect(enoughSigners(policy, two, 'k', [id('b'), id('b')])?.reason).toBe('same-signer-twice');
    expect(enoughSigners(policy, one, 'k', [id('a')])?.reason).toBe('no-approver');
    expect(enoughSigners(policy, one, 'k', [id('c')])).toBeUndefined();
  });
});

describe('keys of changes', () => {
  it('splits at the first slash only, so that a sku may hold one', () => {
    expect(parseChangeKey('product/AB/12')).toEqual({ kind: 'product', key: 'AB/12' });
    expect(parseChangeKey('constructor/x')).toBeUndefined();
    expect(changeKey({ kind: 'product', record: { sku: 'AB/12', name: 'x' } as never })).toBe('product/AB/12');
  });
});

describe('several knowledge bases on a desk', () => {
  it('the highest order decides, a tombstone too, and equals are decided by name on every desk alike', () => {
    const low = { order: 1, kb: 'retail', says: { op: 'put', body: 1 } } as const;
    const high = { order: 2, kb: 'own', says: { op: 'delete' } } as const;
    expect(deciding([low, high])).toBe(high);
    expect(deciding([high, low])).toBe(high);
    const other = { ...low, kb: 'health' };
    expect(deciding([low, other])).toBe(other);
    expect(deciding([other, low])).toBe(other);
  });
});

describe('refusals', () => {
  it.each(['en', 'de'])('have a sentence of their own each, in %s', (language) => {
    const say = createTranslator(language, catalogues[language] ?? {}, en);
    const values = { key: 'product/1', signer: id('a'), name: 'Anna', file: 'pack', detail: 'x', kb: 'shop', found: 2, needed: 2, stored: 3, ver: 1, count: 4, expected: 5, limit: 6, bytes: 7, release: 8 };
    const sentences = REFUSAL_REASONS.map((reason) => refusalText(say, { reason, ...values } as never));
    expect(new Set(sentences).size).toBe(REFUSAL_REASONS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.{20,}\.$/s);
  });

  it('only what the rest of a copy can mend is passing', () => {
    expect(REFUSAL_REASONS.filter((reason) => isPassing({ reason } as never))).toEqual(['truncated', 'missing-file', 'unreadable']);
  });
});
