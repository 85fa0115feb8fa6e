import { ANNA, draftOf, openShop } from './helpers.ts';

// Types into a draft until it is killed, and says each saved number only when the save was acknowledged.
const shop = openShop(process.argv[2] ?? '');
let draft = draftOf(shop.service.open('open', ANNA, { from: 'new', kind: 'article' }));
process.send?.({ id: draft.id });
for (let n = 1; ; n += 1) {
  shop.clock.at += 10_000;
  const saved = shop.service.save(`save-${n}`, ANNA, { id: draft.id, rev: draft.rev, record: { ...draft.record, body: `typed ${n}` } });
  if (!saved.ok) throw new Error(saved.reason);
  draft = { ...draft, rev: saved.rev };
  process.send?.({ n });
}
