import fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import exceljs from 'exceljs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { inspectFile } from '#main/features/transfer/inspect.ts';
import { csvRows } from '#main/features/transfer/readers/csv.ts';
import { lines } from '#main/features/transfer/readers/lines.ts';
import { readAll, tempDir, told, writeFile } from './helpers.ts';

const read = async (name: string, content: string | Uint8Array): Promise<string[]> => told((await readAll(writeFile(tempDir(), name, content))).rows);

describe('text tables', () => {
  it('numbers rows as a spreadsheet does: cells with line breaks are one row, empty lines count', async () => {
    expect(await read('a.csv', 'sku,name\n1,"two\nlines"\n\n2,b\r\n3,c')).toEqual(['2: 1 | two\nlines', '4: 2 | b', '5: 3 | c']);
  });

  it.each([
    ['semicolon', 'sku;name;price\n1;a, b;1,50\n2;c;2,50\n', ['2: 1 | a, b | 1,50', '3: 2 | c | 2,50']],
    ['tab', 'sku\tname\n1\ta, b\n', ['2: 1 | a, b']],
    ['bar', 'sku|name\n1|a\n', ['2: 1 | a']],
    ['comma in quotes', 'sku,name\n1,"a; b; c"\n', ['2: 1 | a; b; c']],
  ])('finds the %s', async (_name, text, expected) => expect(await read('x.csv', text)).toEqual(expected));

  it('reads old line ends', async () => expect(await read('a.csv', 'sku,name\r1,a\r2,b\r')).toEqual(['2: 1 | a', '3: 2 | b']));

  it('keeps a quotation mark inside a text and doubles as one', async () => {
    expect(await read('a.csv', 'sku,name\n1,19" monitor\n2,"15.6"" screen"\n')).toEqual(['2: 1 | 19" monitor', '3: 2 | 15.6" screen']);
  });

  it.each([
    ['in the middle', 'sku,name\n1,a\n2,"open\n3,c\n4,"fine, too"\n5,e\n'],
    ['with nothing quoted after it', 'sku,name\n1,a\n2,"open\n3,c\n4,d\n5,e\n'],
    ['followed by another', 'sku,name\n1,a\n2,"open\n3,"also open\n4,d\n5,e\n'],
  ])('loses only the row whose quotation mark is never closed: %s', async (_name, text) => {
    const rows = await read('a.csv', text);
    expect(rows).toContain('3: !quote');
    expect(rows).toContain('2: 1 | a');
    expect(rows.at(-1)).toBe('6: 5 | e');
    expect(rows).toHaveLength(5);
  });

  it('refuses a row with more cells than the header: its values have slipped', async () => {
    expect(await read('a.csv', 'sku,name,price\n1,Lamp, big,5\n2,Desk,7,\n')).toEqual(['2: !too-many-cells', '3: 2 | Desk | 7 | ']);
  });

  it('cuts rows alike however the text arrives', async () => {
    const text = 'sku,name\n1,"a\nb"\n2,"open\n3,"c ""q"" d"\n\n4,é\n';
    const whole = await read('a.csv', text);
    for (let size = 1; size < 12; size++) {
      const pieces = (async function* () {
        for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
      })();
      const rows = [];
      for await (const batch of csvRows(lines(pieces, '\n'), { delimiter: ',', columns: ['sku', 'name'] })) rows.push(...batch);
      expect(told(rows)).toEqual(whole);
    }
  });

  it('gives a line that never ends up without holding it', async () => {
    const rows = await read('a.csv', `sku,name\n1,a\n2,${'x'.repeat(5_000_000)}\n3,c\n`);
    expect(rows).toEqual(['2: 1 | a', '3: !row-too-long', '4: 3 | c']);
  });

  it('names columns without a name, and those named twice', async () => {
    const { preview } = await readAll(writeFile(tempDir(), 'a.csv', 'sku,,name,name\n1,x,y,z\n'));
    expect(preview.reading.columns).toEqual(['sku', 'Column B', 'name', 'name (2)']);
  });
});

describe('letters', () => {
  const text = 'sku;name\n1;Küche für 5 €\n';
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['Windows letters', Buffer.from(text.replace('€', '\u0080'), 'latin1'), 'windows-1252'],
  ])('%s', async (_name, bytes, encoding) => {
    const { preview, rows } = await readAll(writeFile(tempDir(), 'a.csv', bytes));
    expect(preview.reading.encoding).toBe(encoding);
    expect(preview.reading.columns).toEqual(['sku', 'name']);
    expect(told(rows)).toEqual(['2: 1 | Küche für 5 €']);
  });

  it('sees the one letter that is no UTF-8 at the end of a long file', async () => {
    const many = Buffer.from(`sku,name\n${'1,plain text\n'.repeat(60_000)}2,K\u00fcche\n`, 'latin1');
    const { preview, rows } = await readAll(writeFile(tempDir(), 'a.csv', many));
    expect(preview.reading.encoding).toBe('windows-1252');
    expect(told(rows).at(-1)).toBe('60002: 2 | Küche');
  });
});

describe('JSON', () => {
  it('reads lines, with nested values as columns, and goes on after a broken line', async () => {
    const { preview, rows } = await readAll(writeFile(tempDir(), 'a.ndjson', '{"sku":"1","price":{"amount":5,"currency":"EUR"},"tags":["a","b"]}\n{broken\n\n[1]\n{"sku":"2","constructor":"x"}\n'));
    expect(preview.reading.columns).toEqual(['sku', 'price.amount', 'price.currency', 'tags', 'constructor']);
    expect(told(rows)).toEqual(['1: 1 | 5 | EUR | a | b | ', '2: !bad-json', '4: !not-an-object', '5: 2 |  |  |  | x']);
  });

  it.each([
    ['a list', '[{"sku":"1","name":"a"},\n {"sku":"2","name":"b","__proto__":{"x":1}}, 7]', ['1: 1 | a', '2: 2 | b | 1', '3: !not-an-object']],
    ['a list inside an object', '{"products":[{"sku":"1","name":"a"}]}', ['1: 1 | a']],
    ['a list over many lines', '{\n  "products": [\n    {"sku": "1", "name": "a"}\n  ]\n}', ['1: 1 | a']],
    ['a list cut off', '[{"sku":"1","name":"a"},{"sku":"2"', ['1: 1 | a', '2: !bad-json']],
  ])('reads %s', async (_name, text, expected) => {
    const rows = await read('a.json', text);
    expect(rows.map((row) => row.replace(/ \| $/, ''))).toEqual(expected);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

async function workbook(fill: (book: exceljs.Workbook) => void): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('workbooks', () => {
  it('reads the first sheet that is a table, with values as a person sees them', async () => {
    const bytes = await workbook((book) => {
      book.addWorksheet('Cover').addRow(['Our catalogue']);
      const sheet = book.addWorksheet('Products');
      sheet.addRow(['sku', 'name', 'price', 'since', 'code']);
      sheet.addRow(['1', { richText: [{ text: 'Ket' }, { text: 'tle' }] }, { formula: '1+1', result: 2.5 }, new Date('2026-10-19T00:00:00Z'), 42]);
      sheet.getCell('E2').numFmt = '00000';
      sheet.addRow([]);
      sheet.addRow([4_006_381_333_931, { text: 'link', hyperlink: 'https://x' }, { error: '#N/A' }, true]);
    });
    const { preview, rows } = await readAll(writeFile(tempDir(), 'a.xlsx', bytes));
    expect(preview.sheets).toEqual(['Cover', 'Products']);
    expect(preview.reading.sheet).toBe('Products');
    expect(told(rows)).toEqual(['2: 1 | Kettle | 2.5 | 2026-10-19 | 00042', '4: 4006381333931 | link | #N/A | yes']);
  });

  it('reads the sheet a person picks', async () => {
    const bytes = await workbook((book) => {
      for (const name of ['One', 'Two']) book.addWorksheet(name).addRows([['sku', 'name'], [name, 'x']]);
    });
    const { rows } = await readAll(writeFile(tempDir(), 'a.xlsx', bytes), { sheet: 'Two' });
    expect(told(rows)).toEqual(['2: Two | x']);
  });

  it('is read whole on a busy machine: no part behind a sheet is lost while it is written away, none is gone before it was opened', async () => {
    const bytes = await workbook((book) => {
      for (const name of ['One', 'Two', 'Three']) book.addWorksheet(name).addRows([['sku', 'name'], [name, 'x']]);
    });
    const file = writeFile(tempDir(), 'a.xlsx', bytes);
    const { open } = fs;
    // What was lost made it a damaged file. The error of the other came where nobody hears it, and ended the process that imports.
    const slow = vi.spyOn(fs, 'open').mockImplementation(((...args: Parameters<typeof open>) => void setTimeout(() => open(...args), 60)) as typeof open);
    onTestFinished(() => slow.mockRestore());
    const { rows } = await readAll(file, { sheet: 'Three' });
    expect(told(rows)).toEqual(['2: Three | x']);
    await new Promise((done) => setTimeout(done, 150));
  });

  it('says that a workbook is cut off', async () => {
    const bytes = await workbook((book) => book.addWorksheet('A').addRows([['sku', 'name'], ...Array.from({ length: 500 }, (_, at) => [at, `name ${at}`])]));
    await expect(inspectFile(writeFile(tempDir(), 'a.xlsx', bytes.slice(0, bytes.length / 2)))).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('packed files and strange ones', () => {
  it('unpacks each kind', async () => {
    expect(await read('a.csv.gz', gzipSync('sku,name\n1,a\n'))).toEqual(['2: 1 | a']);
    expect(await read('a.ndjson.gz', gzipSync('{"sku":"1"}\n'))).toEqual(['1: 1']);
    expect(await read('a.json.gz', gzipSync('[{"sku":"1"}]'))).toEqual(['1: 1']);
    const bytes = await workbook((book) => book.addWorksheet('A').addRows([['sku', 'name'], ['1', 'a']]));
    expect(await read('a.xlsx.gz', gzipSync(bytes))).toEqual(['2: 1 | a']);
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['an empty packed file', gzipSync(''), 'empty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 7, 0, 9]), 'not-a-table'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'old-excel'],
    ['a cut-off gzip', gzipSync('sku,name\n1,a\n'.repeat(9_999)).subarray(0, 60), 'damaged'],
    ['a zip that is no workbook', Buffer.from('PK\u0003\u0004 nothing of the kind'), 'damaged'],
  ])('%s is told apart', async (_name, bytes, reason) => {
    await expect(inspectFile(writeFile(tempDir(), 'x', bytes))).rejects.toMatchObject({ reason });
  });
});
