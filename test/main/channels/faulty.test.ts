import { expect, it } from 'vitest';
import { digestOf } from '#main/features/channels/index.ts';
import { channelContract } from './contract.ts';
import { createFaultySource } from './faulty-source.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

channelContract('the faulty one of the tests', () => {
  const faulty = createFaultySource();
  return { open: () => faulty.source, place: faulty.place, vanish: faulty.vanish, comeBack: faulty.comeBack, cleanUp: () => undefined };
});

it('does on command what channels do by themselves', async () => {
  const faulty = createFaultySource();
  faulty.place('packs/a', bytes('1234'));
  faulty.order({ on: 'read', name: 'packs/a', half: true });
  expect(await faulty.source.read('packs/a', 10)).toEqual({ state: 'found', bytes: bytes('12') });
  faulty.order({ on: 'publish', other: bytes('theirs') });
  expect(await faulty.source.publish({ files: [], head: { name: 'head.json', bytes: bytes('mine') }, expected: undefined })).toEqual({ state: 'conflict', found: digestOf(bytes('theirs')) });
  faulty.lock();
  expect(await faulty.source.write('receipts/a', bytes('x'))).toEqual({ state: 'read-only' });
});
