import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyIdOf, preAuthEncoding, signText } from '#main/features/packs/dsse.ts';
import { createBuckets } from '#main/features/packs/digests.ts';
import { packLine } from '#main/features/packs/merge-pack.ts';
import { openChange, openContext, textDigest } from '#main/features/packs/open-change.ts';
import { signerFrom } from '#main/features/packs/signer.ts';

const DOC = readFileSync(resolve(import.meta.dirname, '../../../docs/pack-format.md'), 'utf8');

describe('the worked example of docs/pack-format.md', () => {
  it('is what this program makes of the same input, byte for byte, and what it accepts', () => {
    const signer = signerFrom(Buffer.alloc(32, 1), 'Example');
    const text = JSON.stringify({ kb: 'example', epoch: 1, key: 'product/A-1', ver: 1, op: 'put', by: signer.id, at: 1_767_600_000_000, body: { sku: 'A-1', name: 'Kettle' } });
    const signed = { subject: 'product/A-1', ...signText('application/vnd.callside.change+json', text, [signer]) };
    const buckets = createBuckets();
    buckets.add({ key: 'product/A-1', ver: 1, digest: textDigest(text) });
    const bucket = createHash('sha256').update('product/A-1').digest()[0] ?? 0;
    for (const wanted of [signer.publicKey, keyIdOf(signer.publicKey), text, preAuthEncoding('application/vnd.callside.change+json', Buffer.from(text)).toString('utf8').slice(0, 60), signed.signatures[0]?.sig ?? '', packLine(signed), textDigest(text), buckets.digests()[bucket] ?? '', `bucket ${bucket}`]) {
      expect(DOC).toContain(wanted);
    }
    const policy = { kb: 'example', epoch: 1, title: 'Example', keys: [{ id: signer.id, publicKey: signer.publicKey, name: 'Example', roles: ['approver' as const], createdAt: 0 }], revoked: [], rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
    expect(openChange(signed, openContext(policy))).toMatchObject({ ok: true, change: { key: 'product/A-1', ver: 1 } });
  });
});
