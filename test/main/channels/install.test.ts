import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { createInstalledRepository, IncompleteReleaseError, installRelease, removeBase, storedVersions } from '#main/features/channels/index.ts';
import { createLayers, LOCAL_SOURCE } from '#main/features/knowledge/index.ts';
import { deciding, type Layer } from '#shared/domain/packs/combine.ts';
import { article, batches, change, openKnowledge, product, release, tombstone } from './release-helpers.ts';

const found = ({ index }: ReturnType<typeof openKnowledge>, text: string): string[] => index.query({ text, limit: 10 }).hits.map(({ key }) => key);

describe('installing a release', () => {
  it('brings records, search, the log and the number together', async () => {
    const desk = openKnowledge();
    const all = [change(product('A-1', 'Kettle')), change(article('returns', 'Returns'))];
    const done = await installRelease(desk, release({ count: 2 }), batches(all));
    expect(done.counts).toEqual({ product: { added: 1, changed: 0, removed: 0 }, article: { added: 1, changed: 0, removed: 0 } });
    expect(desk.repository.get('product', 'A-1')).toMatchObject({ name: 'Kettle' });
    expect(found(desk, 'kettle')).toEqual(['A-1']);
    const rows = createInstalledRepository(desk.db);
    expect(rows.base('shop')).toMatchObject({ release: 1, count: 2 });
    expect(rows.log(0, 5)).toMatchObject([{ release: 1, first: true }]);
    expect(rows.changes(rows.log(0, 5)[0]?.id ?? 0, 10)).toEqual([]);
    expect(storedVersions(desk.db, 'shop').get('product/A-1')).toEqual({ ver: 1, digest: all[0]?.digest, deleted: false });
    expect([...storedVersions(desk.db, 'shop').liveKeys()].toSorted()).toEqual(['article/returns', 'product/A-1']);
  });

  it('writes what differs, takes away what was removed, and tells agents both states', async () => {
    const desk = openKnowledge();
    await installRelease(desk, release({ count: 3 }), batches([change(product('A-1', 'Kettle', 100)), change(product('A-2', 'Toaster')), change(article('returns', 'Returns'))]));
    const next = [change(product('A-1', 'Kettle', 120), 2), tombstone(product('A-2', 'Toaster'), 2), change(article('news', 'News'))];
    const done = await installRelease(desk, release({ release: 2, count: 3, note: 'Prices' }), batches(next));
    expect(done.changed).toBe(3);
    expect(found(desk, 'toaster')).toEqual([]);
    const rows = createInstalledRepository(desk.db);
    const [log] = rows.log(0, 1);
    expect(log).toMatchObject({ release: 2, first: false, note: 'Prices', counts: { product: { added: 0, changed: 1, removed: 1 }, article: { added: 1, changed: 0, removed: 0 } } });
    const changes = rows.changes(log?.id ?? 0, 10);
    expect(changes.map(({ what, title }) => [what, title])).toEqual([['changed', 'Kettle'], ['removed', 'Toaster'], ['added', 'News']]);
    expect(JSON.parse(changes[0]?.before ?? '')).toMatchObject({ price: { amount: 100 } });
    expect(JSON.parse(changes[0]?.after ?? '')).toMatchObject({ price: { amount: 120 } });
  });

  it('leaves everything as it was when the records are not those the head counted, or when it is stopped anywhere', async () => {
    const desk = openKnowledge();
    await installRelease(desk, release({ count: 1 }), batches([change(product('A-1', 'Kettle'))]));
    const dump = (): unknown => ['record', 'record_below', 'signed_record', 'knowledge_base', 'release_log', 'release_change', 'source', 'search_segment', 'search_gone'].map((table) => desk.db.prepare(`SELECT * FROM ${table}`).all());
    const before = dump();
    await expect(installRelease(desk, release({ release: 2, count: 3 }), batches([change(product('A-2', 'Toaster'))]))).rejects.toBeInstanceOf(IncompleteReleaseError);
    expect(dump()).toEqual(before);
    async function* torn() {
      yield [change(product('A-3', 'Mixer'))];
      throw new Error('disk gone');
    }
    await expect(installRelease(desk, release({ release: 2, count: 2 }), torn())).rejects.toThrow('disk gone');
    expect(dump()).toEqual(before);
    expect(found(desk, 'mixer')).toEqual([]);
    expect(found(desk, 'kettle')).toEqual(['A-1']);
  });

  it('begins from nothing in a new epoch', async () => {
    const desk = openKnowledge();
    await installRelease(desk, release({ release: 7, count: 2 }), batches([change(product('A-1', 'Kettle')), change(product('A-2', 'Toaster'))]));
    await installRelease(desk, release({ epoch: 2, release: 1, count: 1 }), batches([change(product('A-2', 'Toaster, new'))]));
    expect(desk.repository.count('product')).toBe(1);
    expect([...storedVersions(desk.db, 'shop').liveKeys()]).toEqual(['product/A-2']);
    expect(storedVersions(desk.db, 'shop')).toMatchObject({ epoch: 2, release: 1 });
  });

  it('writes a change of few records among many in milliseconds', async () => {
    const desk = openKnowledge();
    const many = Array.from({ length: 5_000 }, (_, at) => change(product(`P-${at}`, `Lamp number ${at}`)));
    await installRelease(desk, release({ count: 5_000 }), batches(many));
    const done = await installRelease(desk, release({ release: 2, count: 5_000 }), batches([change(product('P-7', 'Torch'), 2)]));
    expect(done.changed).toBe(1);
    // A whole install of these 5,000 takes some hundred milliseconds; one record must not come near it.
    expect(done.ms).toBeLessThan(60);
    expect(found(desk, 'torch')).toEqual(['P-7']);
  });

  it('takes a base off again and shows what lay beneath it', async () => {
    const desk = openKnowledge();
    const layers = createLayers(desk.db);
    layers.say(desk.repository.saveSource('starter', 'x', 1), { kind: 'product', key: 'A-1' }, JSON.stringify(product('A-1', 'Built-in kettle').record));
    await installRelease(desk, release({ count: 1 }), batches([change(product('A-1', 'Signed kettle')), change(product('A-2', 'Toaster')), tombstone(product('A-2', 'Toaster'), 2)]));
    expect(desk.repository.get('product', 'A-1')).toMatchObject({ name: 'Signed kettle' });
    expect(removeBase(desk, 'shop')).toBe(true);
    expect(desk.repository.get('product', 'A-1')).toMatchObject({ name: 'Built-in kettle' });
    expect(found(desk, 'built-in')).toEqual(['A-1']);
    expect(storedVersions(desk.db, 'shop').release).toBeUndefined();
  });
});

describe('layers', () => {
  it('decide as the rule says, in whatever order they speak, and no layer loses what it said', () => {
    const ORDER: Record<string, number> = { starter: -1, 'kb:a': 100, 'kb:b': 100, 'kb:c': 200, 'import:x': 10_000, [LOCAL_SOURCE]: 20_000 };
    const said = fc.record({ layer: fc.constantFrom(...Object.keys(ORDER)), key: fc.constantFrom('k', 'l'), says: fc.constantFrom('put', 'delete', 'nothing'), text: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 40 }), (steps) => {
        const { db, repository } = openKnowledge();
        const rows = createInstalledRepository(db);
        const ids = new Map(Object.keys(ORDER).map((name) => [name, repository.saveSource(name, '', 1)]));
        for (const kb of ['a', 'b', 'c']) rows.saveBase({ kb, title: kb, epoch: 1, release: 1, installedAt: 1, count: 0, order: ORDER[`kb:${kb}`] ?? 0, expires: 1, source: ids.get(`kb:${kb}`) ?? 0, seq: 0, policyDigest: '' });
        const layers = createLayers(db);
        const model = new Map<string, Map<string, Layer<string>>>();
        for (const { layer, key, says, text } of steps) {
          const source = ids.get(layer) ?? 0;
          const signed = layer.startsWith('kb:');
          // Only signed layers have tombstones.
          const op = says === 'delete' && !signed ? 'nothing' : says;
          const of = model.get(key) ?? new Map<string, Layer<string>>();
          model.set(key, of);
          if (op === 'nothing') of.delete(layer);
          else of.set(layer, { order: ORDER[layer] ?? 0, kb: layer, says: op === 'put' ? { op: 'put', body: `"${text}"` } : { op: 'delete' } });
          if (signed && op === 'nothing') rows.dropSigned(source, 'product', key);
          else if (signed) rows.putSigned(source, 'product', key, { ver: 1, digest: String(text), deleted: op === 'delete' }, undefined);
          layers.say(source, { kind: 'product', key }, op === 'put' ? `"${text}"` : op === 'delete' ? null : undefined);
          const decides = deciding([...of.values()])?.says;
          expect(repository.json('product', key)).toBe(decides?.op === 'put' ? decides.body : undefined);
        }
        for (const [key, of] of model) {
          const kept = db.prepare<[string, string], string>('SELECT source.name FROM (SELECT source, key FROM record UNION ALL SELECT source, key FROM record_below) AS it JOIN source ON source.id = it.source WHERE it.key = ? AND ? <> \'\'').pluck().all(key, 'x');
          expect(kept.toSorted()).toEqual([...of].filter(([, layer]) => layer.says.op === 'put').map(([name]) => name).toSorted());
        }
        db.close();
      }),
      { numRuns: 60 },
    );
  });

  it('an import lies above a release and below what this desk changed for itself', async () => {
    const desk = openKnowledge();
    await installRelease(desk, release({ count: 1 }), batches([change(product('A-1', 'Signed'))]));
    desk.repository.put(product('A-1', 'Imported'), desk.repository.saveSource('import:list.csv', 'j', 1));
    expect(desk.repository.get('product', 'A-1')).toMatchObject({ name: 'Imported' });
    createLayers(desk.db).say(desk.repository.saveSource(LOCAL_SOURCE, '', 1), { kind: 'product', key: 'A-1' }, JSON.stringify(product('A-1', 'Ours').record));
    await installRelease(desk, release({ release: 2, count: 1 }), batches([change(product('A-1', 'Signed, new'), 2)]));
    desk.repository.put(product('A-1', 'Imported again'), desk.repository.saveSource('import:list.csv', 'k', 1));
    expect(desk.repository.get('product', 'A-1')).toMatchObject({ name: 'Ours' });
    const layers = createLayers(desk.db);
    expect(layers.say(desk.repository.source(LOCAL_SOURCE)?.id ?? 0, { kind: 'product', key: 'A-1' }, undefined).after).toContain('Imported again');
    expect(layers.say(desk.repository.source('import:list.csv')?.id ?? 0, { kind: 'product', key: 'A-1' }, undefined).after).toContain('Signed, new');
  });
});
