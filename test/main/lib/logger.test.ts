import { describe, expect, it } from 'vitest';
import { createLogger } from '#main/lib/logger.ts';
import { redactText } from '#main/lib/redact.ts';

function collect(): { lines: string[]; log: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  return { lines, log: createLogger({ write: (line) => lines.push(line), now: () => 0, source: 'records' }) };
}

const PERSONAL = ['Ada Lovelace', 'ada@example.org', '+49 30 1234567', '4111 1111 1111 1111', 'the caller wept', '/home/ada/data', 'https://crm.example/c/77?name=ada', '4111111111111111'];

describe('the log', () => {
  it('holds none of the personal things a detail, a message or an error may carry', () => {
    const { lines, log } = collect();
    for (const text of PERSONAL) {
      log.info('saved', { note: text, number: text, list: [text], nested: { text }, id: text });
      log.error(`failed for "${text}"`, { cause: Object.assign(new Error(`no row for '${text}'`), { code: 'SQLITE_ERROR' }) });
    }
    for (const text of PERSONAL) expect(lines.filter((line) => line.includes(text))).toEqual([]);
  });

  it('still says what happened', () => {
    const { lines, log } = collect();
    log.warn('opening the records', { code: 'restored-from-backup', fault: 'damaged', rows: 12, ok: true });
    expect(JSON.parse(lines[0] ?? '')).toEqual({ at: '1970-01-01T00:00:00.000Z', level: 'warn', source: 'records', message: 'opening the records', details: { code: 'restored-from-backup', fault: 'damaged', rows: 12, ok: true } });
  });

  it('writes where an error arose, without the folder it lies in', () => {
    const { lines, log } = collect();
    log.error('could not save', { cause: new Error('disk I/O error') });
    const { details } = JSON.parse(lines[0] ?? '') as { details: { cause: { name: string; message: string; at: string[] } } };
    expect(details.cause).toMatchObject({ name: 'Error', message: 'disk I/O error' });
    expect(details.cause.at[0]).toContain('logger.test.ts');
    expect(lines[0]).not.toContain('/work');
  });

  it('keeps one line per entry, whatever the text', () => {
    const { lines, log } = collect();
    log.info('a\nb\r{"level":"error"}', { code: 'x\ny' });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.includes('\n')).toBe(false);
  });
});

describe('redaction', () => {
  it.each([
    ['no such table: notes', 'no such table: notes'],
    ['UNIQUE constraint failed: calls.public_id', 'UNIQUE constraint failed: calls.public_id'],
    ['bad value "Ada"', 'bad value "…"'],
    ['mail ada@example.org now', 'mail <address> now'],
    ['call 030 1234567 back', 'call <number> back'],
    ['open /home/ada/records.db failed', 'open <…records.db> failed'],
  ])('%j becomes %j', (text, out) => {
    expect(redactText(text)).toBe(out);
  });
});
