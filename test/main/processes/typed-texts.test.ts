import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openKnowledgeService } from '#main/processes/knowledge-service.ts';
import { openRecordsService } from '#main/processes/records-service.ts';
import type { Service } from '#main/processes/serve.ts';
import { plannerCall } from '#main/processes/wellbeing-handlers.ts';
import { contract, type RouteName } from '#shared/ipc/contract.ts';
import type { RecordRules } from '#shared/domain/record-rules.ts';
import { allFiles, tempDir, testKey } from '../db/helpers.ts';

const RULES: RecordRules = { retentionDays: 90, numberRetentionDays: 30, country: 'DE', maskPatterns: [{ id: 'Customer', pattern: 'KD-[0-9]{8}', keepLast: 2 }] };
const START = Date.UTC(2026, 10, 23, 9);

/** Opens the records process as the app does, without encryption so that files can be read. */
function desk(dir: string, extra: { key?: Buffer; rules?: RecordRules } = {}) {
  const logged: string[] = [];
  const service: Service = openRecordsService(
    { dataDir: dir, resourcesDir: dir, rules: extra.rules ?? RULES, ...(extra.key === undefined ? {} : { key: extra.key.toString('base64') }) },
    { publish: () => undefined, log: (...line) => logged.push(JSON.stringify(line)) },
  );
  let ids = 0;
  const raw = async (route: string, input: unknown): Promise<unknown> => service.handle(route, input, { id: `typed-${dir}-${(ids += 1)}` });
  return { logged, raw, ask: (route: RouteName, input: unknown): Promise<unknown> => raw(route, contract[route].input.parse(input)), close: () => service.close() };
}
type Desk = ReturnType<typeof desk>;

const ownWords = (text: string): object => ({ id: 'mine', situation: 'angry', title: text, tone: 'plain', wordings: [{ text }] });

/** Puts `text` into every place of the records process that takes what an agent types. */
async function typeEverywhere({ ask, raw }: Desk, text: string): Promise<void> {
  await ask('calls.start', { id: 'call-1', direction: 'in', ringing: false, number: '+493012345678', name: text, queue: 'q' });
  await ask('calls.save-note', { callId: 'call-1', text: `before ${text} after`, seq: 1 });
  await ask('calls.save-guidance', { callId: 'call-1', guidance: { script: [{ type: 'noteFact', at: START, id: 'fact-1', text }, { type: 'setField', at: START, field: 'customer', value: text }] } });
  await ask('calls.describe', { callId: 'call-1', name: text });
  await ask('guidance.consent', { callId: 'call-1', given: true });
  await ask('guidance.sensitive-note', { callId: 'call-1', text });
  await ask('guidance.incident', { callId: 'call-1', category: text.slice(0, 60), warnings: 1, endedCall: true, words: text, recovery: 'abusive' });
  await ask('calls.event', { callId: 'call-1', event: { type: 'hang-up', by: 'caller' } });
  await ask('calls.wrap-up', { callId: 'call-1', summary: text, complaint: { category: text, promised: text, resolved: true, resolution: text }, close: true });
  await ask('follow-ups.create', { id: 'promise-1', callId: 'call-1', kind: 'call-back', text, name: text, dueAt: START + 1_000, dueWords: text });
  await ask('follow-ups.close', { id: 'promise-1', as: 'done', outcome: text });
  await ask('guidance.save-preferences', { tone: 'plain', favourites: [], hidden: [], personal: [ownWords(text)] });
  await ask('practise.save', { id: 'run-1', caller: 'c', script: 's', startedAt: START, endedAt: START, review: { finished: true, totalMs: 1, steps: [], said: [text], missed: [], phrases: [], twists: [], impatient: 0, notes: text, remarks: [] } });
  await ask('suggest.learn', { callId: 'call-1', script: 's', text, source: 'wrap-up' });
  await raw(plannerCall.save, {
    life: 'life', seq: 1, at: START, data: '{}',
    entries: [
      { type: 'checkIn', id: 'check-1', at: START, value: 1, note: text },
      { type: 'break', id: 'break-1', entry: { at: START, what: 'skipped', kind: 'rest', ms: 1, counted: false, reason: text } },
    ],
  });
  await ask('wellbeing.add-wins', { kind: 'went-well', lines: [text] });
}

/** Files of a live folder that hold one of `texts`, read through a copy made by another process. */
function filesWith(dir: string, texts: readonly string[]): string[] {
  const copy = join(tempDir(), 'copy');
  mkdirSync(copy);
  execFileSync('cp', ['-r', `${dir}/.`, copy]);
  return allFiles(copy).flatMap((file) => texts.flatMap((text) => (readFileSync(file).includes(text) ? [`${file.slice(copy.length + 1)}: ${text}`] : [])));
}

let dir: string;
let now: Desk;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'setTimeout'], now: START });
  dir = tempDir();
});
afterEach(async () => {
  await now.close();
  vi.useRealTimers();
});

describe('a card number, and what the organisation masks', () => {
  const TYPED = 'KD-12345678 pays with 4111 1111 1111 1111';

  it('reaches no file through any place that takes text', async () => {
    now = desk(dir);
    await typeEverywhere(now, TYPED);
    // What was typed around them is there, or this would prove nothing.
    expect(filesWith(dir, ['pays with']).length).toBeGreaterThan(1);
    expect(filesWith(dir, ['KD-12345678', 'kd-12345678', '12345678 pays', '4111 1111 1111 1111', '4111111111111111'])).toEqual([]);
    expect(now.logged.join('\n')).not.toMatch(/KD-1234|4111 1111/);
  });

  it('is masked from the moment the policy names it, and answered so that the page shows it', async () => {
    now = desk(dir, { rules: { ...RULES, maskPatterns: [] } });
    await now.ask('calls.start', { id: 'call-1', direction: 'in' });
    await now.raw('records.rules', RULES);
    expect(await now.ask('calls.save-note', { callId: 'call-1', text: 'KD-12345678', seq: 1 })).toMatchObject({ masked: '**-******78' });
    expect(filesWith(dir, ['KD-12345678'])).toEqual([]);
  });

  it('reaches no list of searches that found nothing', async () => {
    now = desk(dir);
    writeFileSync(join(dir, 'starter-pack.ndjson'), '');
    const knowledge = openKnowledgeService({ dataDir: dir, resourcesDir: dir, rules: RULES }, { publish: () => undefined, log: () => undefined });
    try {
      await knowledge.handle('search.missed', { text: `blue kettle ${TYPED}`, found: false }, { id: 'm' });
      expect(JSON.stringify(await knowledge.handle('search.misses', { limit: 5 }, { id: 'l' }))).toMatch(/blue kettle/);
      expect(filesWith(dir, ['12345678', '4111111111111111', '4111 1111 1111 1111'])).toEqual([]);
    } finally {
      await knowledge.close();
    }
  });
});

describe('settings and policy in the records process', () => {
  it('decide how long calls are kept, without a restart', async () => {
    now = desk(dir, { rules: { ...RULES, retentionDays: 3_650 } });
    await typeEverywhere(now, 'an ordinary call');
    const lines = async (): Promise<number> => ((await now.ask('calls.history', { limit: 10 })) as { lines: unknown[] }).lines.length;
    vi.setSystemTime(START + 20 * 86_400_000);
    vi.advanceTimersByTime(3_600_000);
    expect(await lines()).toBe(1);
    await now.raw('records.rules', { ...RULES, retentionDays: 10 });
    vi.advanceTimersByTime(3_600_000);
    expect(await lines()).toBe(0);
    expect(await now.ask('follow-ups.list', { closed: true })).toEqual([]);
    vi.advanceTimersByTime(60_000);
    // The note is in no copy either; what an agent keeps for themselves (wins, own words) has no such end.
    expect(filesWith(dir, ['before an ordinary call'])).toEqual([]);
    expect(await now.ask('wellbeing.wins', {})).toHaveLength(1);
  });

  it('decide how national numbers are read', async () => {
    now = desk(dir);
    await now.ask('calls.start', { id: 'de', direction: 'in', number: '030 12345678' });
    await now.raw('records.rules', { ...RULES, country: 'GB' });
    await now.ask('calls.start', { id: 'gb', direction: 'in', number: '020 7946 0000' });
    const found = async (number: string): Promise<unknown> => ((await now.ask('calls.history', { number, limit: 10 })) as { lines: { id: string }[] }).lines.map(({ id }) => id);
    expect(await found('+49 30 12345678')).toEqual(['de']);
    expect(await found('+44 20 7946 0000')).toEqual(['gb']);
  });
});

it('erasing everything leaves what was typed in no file, backups included', async () => {
  const canary = 'quietheron';
  now = desk(dir);
  await typeEverywhere(now, canary);
  // The hourly care makes a backup once the call is over.
  vi.advanceTimersByTime(25 * 3_600_000);
  expect(filesWith(join(dir, 'backups'), [canary])).not.toEqual([]);
  expect(await now.ask('calls.erase', { everything: true })).toMatchObject({ complete: true, left: 0 });
  expect(filesWith(dir, [canary, 'QUIETHERON', 'uiethero'])).toEqual([]);
});

describe('notes typed while the key is not there', () => {
  const key = testKey();
  const note = async (id: string): Promise<unknown> => ((await now.ask('calls.get', { callId: id })) as { call?: { note: { text: string } } }).call?.note.text;
  const type = async (id: string): Promise<void> => {
    await now.ask('calls.start', { id, direction: 'in' });
    await now.ask('calls.save-note', { callId: id, text: `words of ${id}`, seq: 1 });
  };
  const restart = async (withKey: Buffer | undefined): Promise<void> => {
    await now.close();
    now = desk(dir, withKey === undefined ? {} : { key: withKey });
  };

  it('come back when it is, sealed in between', async () => {
    now = desk(dir, { key });
    await type('with-key');
    await restart(undefined);
    await type('locked-out');
    expect(filesWith(dir, ['words of'])).toEqual([]);
    await restart(key);
    expect([await note('with-key'), await note('locked-out')]).toEqual(['words of with-key', 'words of locked-out']);
  });

  it('come back even when they had to stay in memory, once the key from paper is typed', async () => {
    now = desk(dir, { key });
    await type('with-key');
    await now.close();
    // The check beside the records is gone as well: nothing is left that a note could be sealed with.
    rmSync(join(dir, 'records.keycheck'));
    now = desk(dir);
    expect(await now.ask('records.state', {})).toMatchObject({ state: 'memory' });
    await type('in-memory');
    expect(filesWith(dir, ['words of'])).toEqual([]);
    expect(await now.raw('records.unlock', { key: testKey().toString('base64') })).toEqual({ fits: false, kept: 0 });
    expect(await now.raw('records.unlock', { key: key.toString('base64') })).toMatchObject({ fits: true });
    expect(filesWith(dir, ['words of'])).toEqual([]);
    await restart(key);
    expect([await note('with-key'), await note('in-memory')]).toEqual(['words of with-key', 'words of in-memory']);
  });
});
