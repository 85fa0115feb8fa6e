import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf, type ChangeSource, type Hint } from '#main/features/channels/index.ts';

/** One channel under test and the world around it. */
export type ChannelUnderTest = {
  /** Channels of the same place, as two machines would have them. */
  open: () => ChangeSource;
  /** Puts a file there as another program would: not through the contract. */
  place: (name: string, bytes: Uint8Array) => void | Promise<void>;
  /** The whole place goes away and comes back as it was. */
  vanish: () => void | Promise<void>;
  comeBack: () => void | Promise<void>;
  cleanUp: () => void | Promise<void>;
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const LIMIT = 1_000_000;
const WAIT = { timeout: 30_000, interval: 20 };

/** What every channel promises, whatever carries it. */
export function channelContract(name: string, create: () => ChannelUnderTest | Promise<ChannelUnderTest>): void {
  describe(`channel contract: ${name}`, () => {
    const opened: (() => void | Promise<void>)[] = [];
    const start = async (): Promise<ChannelUnderTest & { source: ChangeSource }> => {
      const place = await create();
      const sources: ChangeSource[] = [];
      const open = (): ChangeSource => {
        const source = place.open();
        sources.push(source);
        return source;
      };
      opened.push(async () => {
        for (const source of sources) await source.close();
        await place.cleanUp();
      });
      return { ...place, open, source: open() };
    };
    afterEach(async () => {
      for (const end of opened.splice(0)) await end();
    });
    const textOf = async (source: ChangeSource, file: string): Promise<string> => {
      const found = await source.read(file, LIMIT);
      return found.state === 'found' ? new TextDecoder().decode(found.bytes) : found.state;
    };

    it('gives back what was written, whole, and says when a name is not there', async () => {
      const { source } = await start();
      expect(await source.read('receipts/a.json', LIMIT)).toEqual({ state: 'absent' });
      expect(await source.write('receipts/a.json', bytes('one'))).toEqual({ state: 'written' });
      expect(await textOf(source, 'receipts/a.json')).toBe('one');
      await source.write('receipts/a.json', bytes('two, longer'));
      expect(await textOf(source, 'receipts/a.json')).toBe('two, longer');
      expect(await source.remove('receipts/a.json')).toEqual({ state: 'written' });
      expect(await source.remove('receipts/a.json')).toEqual({ state: 'written' });
      expect(await source.read('receipts/a.json', LIMIT)).toEqual({ state: 'absent' });
    });

    it('never hands over more than was asked for', async () => {
      const { source, place } = await start();
      await place('pack.bin', new Uint8Array(2_000));
      expect(await source.read('pack.bin', 1_999)).toEqual({ state: 'too-large' });
      expect(await textOf(source, 'pack.bin')).toHaveLength(2_000);
    });

    it.each(['../up', '/etc/passwd', 'a\\b', 'a//b', 'a/../b', '.hidden', 'a/b/c/d/e', 'c:x', 'NUL', 'a/con.json', 'end.', 'ä', ''])('refuses the name %j as a mistake of the program', async (bad) => {
      const { source } = await start();
      await expect((async () => source.read(bad, LIMIT))()).rejects.toThrow(/not a plain name/);
      await expect((async () => source.write(bad, bytes('x')))()).rejects.toThrow(/not a plain name/);
    });

    it('lists what lies in a folder, and nothing where there is none', async () => {
      const { source } = await start();
      expect(await source.list('receipts')).toEqual({ state: 'listed', names: [], conflicts: [] });
      for (const one of ['b', 'a', 'c']) await source.write(`receipts/${one}.json`, bytes(one));
      expect(await source.list('receipts')).toEqual({ state: 'listed', names: ['a.json', 'b.json', 'c.json'], conflicts: [] });
    });

    it('publishes files before the head that names them', async () => {
      const { source, open } = await start();
      const reader = open();
      const first = { files: [{ name: 'packs/1.pack', bytes: bytes('first') }], head: { name: 'head.json', bytes: bytes('1') }, expected: undefined };
      expect(await source.publish(first)).toEqual({ state: 'written' });
      expect(await textOf(reader, 'head.json')).toBe('1');
      expect(await textOf(reader, 'packs/1.pack')).toBe('first');
      expect(await source.publish({ files: [{ name: 'packs/2.pack', bytes: bytes('second') }], head: { name: 'head.json', bytes: bytes('2') }, expected: digestOf(bytes('1')) })).toEqual({ state: 'written' });
      expect(await textOf(reader, 'head.json')).toBe('2');
    });

    it('tells two publishers apart: the second sees a conflict and overwrites nothing', async () => {
      const { source, open } = await start();
      const other = open();
      await source.publish({ files: [], head: { name: 'head.json', bytes: bytes('1') }, expected: undefined });
      const base = digestOf(bytes('1'));
      expect(await source.publish({ files: [], head: { name: 'head.json', bytes: bytes('mine') }, expected: base })).toEqual({ state: 'written' });
      expect(await other.publish({ files: [], head: { name: 'head.json', bytes: bytes('theirs') }, expected: base })).toEqual({ state: 'conflict', found: digestOf(bytes('mine')) });
      expect(await other.publish({ files: [], head: { name: 'head.json', bytes: bytes('theirs') }, expected: undefined })).toMatchObject({ state: 'conflict' });
      expect(await textOf(source, 'head.json')).toBe('mine');
    });

    it('lets exactly one of ten publishers at once win, and readers never see a half', async () => {
      const { open } = await start();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          const mine = bytes(`release ${at} ${'x'.repeat(2_000)}`);
          return open().publish({ files: [{ name: `packs/${at}.pack`, bytes: mine }], head: { name: 'head.json', bytes: mine }, expected: undefined });
        }),
      );
      expect(outcomes.filter(({ state }) => state === 'written')).toHaveLength(1);
      expect(outcomes.every(({ state }) => ['written', 'conflict', 'busy'].includes(state))).toBe(true);
      const winner = outcomes.findIndex(({ state }) => state === 'written');
      expect(await textOf(open(), 'head.json')).toBe(`release ${winner} ${'x'.repeat(2_000)}`);
    });

    it('says that it is away, and works again when it is back, without being opened anew', async () => {
      const { source, vanish, comeBack } = await start();
      await source.write('receipts/a.json', bytes('kept'));
      await vanish();
      expect(await source.state()).toEqual({ state: 'gone' });
      expect(await source.read('receipts/a.json', LIMIT)).toEqual({ state: 'gone' });
      expect(await source.list('receipts')).toEqual({ state: 'gone' });
      expect(await source.write('receipts/b.json', bytes('x'))).toEqual({ state: 'gone' });
      expect(await source.publish({ files: [], head: { name: 'head.json', bytes: bytes('1') }, expected: undefined })).toEqual({ state: 'gone' });
      await comeBack();
      expect(await source.state()).toMatchObject({ state: 'ready' });
      expect(await textOf(source, 'receipts/a.json')).toBe('kept');
      expect(await source.read('receipts/b.json', LIMIT)).toEqual({ state: 'absent' });
    });

    it('hints at changes, at going away and at coming back, until it is told to stop', async () => {
      const { source, open, vanish, comeBack } = await start();
      const other = open();
      const hints: Hint[] = [];
      const stop = source.watch((hint) => hints.push(hint));
      // What is written before the first look is no change, and when that is only the watcher knows.
      let content = '';
      await vi.waitFor(async () => {
        await other.write('metadata/a.json', bytes((content += 'x')));
        expect(hints).toContain('changed');
      }, { ...WAIT, interval: 600 });
      await vanish();
      await vi.waitFor(() => expect(hints).toContain('gone'), WAIT);
      await comeBack();
      await vi.waitFor(() => expect(hints).toContain('back'), WAIT);
      stop();
      const heard = hints.length;
      await other.write('metadata/b.json', bytes('y'));
      await new Promise((done) => setTimeout(done, 400));
      expect(hints).toHaveLength(heard);
    });
  });
}
