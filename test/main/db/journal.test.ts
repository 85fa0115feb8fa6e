import { fc } from '#test/helpers/property.ts';
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal, ROOM_BYTES } from '#main/db/journal.ts';
import { tempDir, testKey } from './helpers.ts';

const entry = (id: string, text: string) => ({ kind: 'note', id, data: { text } });

function withNotes(count: number, key: Buffer | undefined): string {
  const file = join(tempDir(), 'notes.journal');
  const { journal } = openJournal({ file, key });
  for (let n = 1; n <= count; n += 1) journal.append([entry(`c${n}`, `text ${n}`)], n);
  journal.close();
  return file;
}

/** A journal with room behind its records, as after the first note of a shift. */
function withRoom(count: number, key?: Buffer): string {
  const file = withNotes(count, key);
  const due: (() => void)[] = [];
  const { journal } = openJournal({ file, key, later: (work) => {
    due.push(work);
    return () => undefined;
  } });
  journal.append([entry(`c${count + 1}`, `text ${count + 1}`)], count + 1);
  for (const work of due) work();
  journal.close();
  return file;
}

describe('the note journal', () => {
  it('gives back what was appended, in order, with rising numbers', () => {
    const key = testKey();
    const { records, damage } = openJournal({ file: withNotes(5, key), key });
    expect(damage).toEqual([]);
    expect(records.map((record) => record.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(records[4]).toEqual({ seq: 5, at: 5, entries: [entry('c5', 'text 5')] });
  });

  it('cannot be read without the key, and says so', () => {
    const file = withNotes(3, testKey());
    expect(readFileSync(file).includes('text')).toBe(false);
    const other = readJournal({ file, key: testKey() });
    expect(other.records).toEqual([]);
    expect(other.damage).toContain('other-key');
  });

  it('takes no new place on the disk for a note, and goes on in the same room after a start', () => {
    const key = testKey();
    const file = withRoom(2, key);
    const { size } = statSync(file);
    expect(size).toBeGreaterThan(ROOM_BYTES);
    for (let start = 0; start < 2; start += 1) {
      const { journal, damage } = openJournal({ file, key });
      expect(damage).toEqual([]);
      for (let n = 0; n < 5; n += 1) journal.append([entry('more', `${start} ${n}`)], 10);
      journal.close();
    }
    expect(statSync(file).size).toBe(size);
    const { records, damage } = readJournal({ file, key });
    expect(damage).toEqual([]);
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 13 }, (_, at) => at + 1));
  });

  it('makes more room before the old is used up, and a longer note than there is room for is whole', () => {
    const file = withRoom(1);
    const { size } = statSync(file);
    const due: (() => void)[] = [];
    const { journal } = openJournal({ file, later: (work) => {
      due.push(work);
      return () => undefined;
    } });
    journal.append([entry('long', 'x'.repeat(ROOM_BYTES - 20_000))], 3);
    expect(due).toHaveLength(1);
    journal.append([entry('longer', 'y'.repeat(50_000))], 4);
    expect(due).toHaveLength(1);
    due[0]?.();
    expect(statSync(file).size).toBeGreaterThan(size + ROOM_BYTES);
    journal.append([entry('after', 'z')], 5);
    journal.close();
    const { records, damage } = readJournal({ file });
    expect(damage).toEqual([]);
    expect(records.map(({ entries }) => entries[0]?.id)).toEqual(['c1', 'c2', 'long', 'longer', 'after']);
  });

  it('sees a record that was cut short inside the room, cuts it off and goes on', () => {
    for (const part of [1, 12, 30]) {
      const file = withRoom(2);
      const bytes = readFileSync(file);
      const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
      bytes.subarray(64, 64 + part).copy(bytes, end);
      writeFileSync(file, bytes);
      const { journal, damage, records } = openJournal({ file });
      expect(damage).toEqual(['torn-tail']);
      expect(records).toHaveLength(3);
      journal.append([entry('c4', 'text 4')], 4);
      journal.close();
      expect(readJournal({ file })).toMatchObject({ damage: [], records: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }] });
    }
  });

  it('takes a record back out of the room as if it had never been', () => {
    const file = withRoom(2);
    const { journal } = openJournal({ file });
    journal.takeBack(journal.append([entry('x', 'secret')], 4));
    journal.close();
    expect(readFileSync(file).includes('secret')).toBe(false);
    expect(readJournal({ file })).toMatchObject({ damage: [], records: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
  });

  it('sees every changed byte and still gives back the other records', () => {
    const key = testKey();
    const file = withRoom(5, key);
    const bytes = readFileSync(file);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        // The header's last bytes carry nothing.
        fc.pre(at < 40 || at >= 64);
        const copy = Buffer.from(bytes);
        copy[at]! ^= 1 << bit;
        writeFileSync(file, copy);
        const scan = readJournal({ file, key });
        expect(scan.damage).not.toEqual([]);
        expect(scan.records.length).toBeGreaterThanOrEqual(5);
      }),
      { numRuns: 300 },
    );
  });

  it('sees a record that is missing from the middle', () => {
    const file = withNotes(3, undefined);
    const text = readFileSync(file, 'latin1');
    const starts = [...text.matchAll(/\u00c5JR1/g)].map((match) => match.index);
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, starts[1]), bytes.subarray(starts[2])]));
    expect(readJournal({ file }).damage).toEqual(['missing-records']);
  });

  it('cuts a torn tail off and goes on', () => {
    const file = withNotes(2, undefined);
    appendFileSync(file, readFileSync(file).subarray(64, 90));
    const opened = openJournal({ file });
    expect(opened.damage).toEqual(['torn-tail']);
    expect(opened.journal.append([entry('c3', 'text 3')], 3)).toBe(3);
    opened.journal.close();
    expect(readJournal({ file })).toMatchObject({ damage: [], records: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
  });

  it('takes a record back as if it had never been', () => {
    const file = withNotes(2, undefined);
    const { journal } = openJournal({ file });
    journal.takeBack(journal.append([entry('x', 'secret')], 3));
    journal.append([entry('c3', 'text 3')], 4);
    journal.close();
    expect(readFileSync(file).includes('secret')).toBe(false);
    expect(readJournal({ file }).records.map((record) => record.seq)).toEqual([1, 2, 3]);
  });

  it('rewrites to the newest of each, without what is dropped, and numbers go on', () => {
    const file = join(tempDir(), 'notes.journal');
    const { journal } = openJournal({ file });
    for (let n = 1; n <= 10; n += 1) journal.append([entry(n % 2 === 0 ? 'even' : 'odd', `draft ${n}`)], n);
    journal.rewrite((one) => (one.id === 'odd' ? null : one));
    expect(journal.append([entry('new', 'after')], 11)).toBe(11);
    journal.close();
    const bytes = readFileSync(file);
    expect(bytes.includes('draft 9') || bytes.includes('draft 8')).toBe(false);
    expect(readJournal({ file })).toMatchObject({ damage: [], records: [{ seq: 10 }, { seq: 11 }] });
    expect(existsSync(`${file}.old`) || existsSync(`${file}.new`)).toBe(false);
  });
});
