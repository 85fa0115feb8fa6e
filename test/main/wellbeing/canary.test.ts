import { readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRecordsService } from '#main/processes/records-service.ts';
import type { Service } from '#main/processes/serve.ts';
import { plannerCall } from '#main/processes/wellbeing-handlers.ts';
import { contract, type RouteName } from '#shared/ipc/contract.ts';
import { events } from '#shared/ipc/events.ts';
import { CRM_TEMPLATES, fillTemplate } from '#shared/domain/calls/summary.ts';
import { allFiles, tempDir, testKey } from '../db/helpers.ts';

const CANARY = 'CANARY-quiet-heron-4471';
const ALSO = 'CANARY-second-4472';

/** Every question the records process answers to others than the agent's own pages, with an input that shows all it can. */
const OUTWARD: Partial<Record<RouteName, unknown>> = {
  'calls.open': {},
  'calls.get': { callId: 'call-1' },
  'calls.history': { limit: 200 },
  'calls.day': { from: 0, to: 8_640_000_000_000_000 },
  'calls.note-versions': { callId: 'call-1', upTo: 1_000 },
  'calls.export': { format: 'json' },
  'follow-ups.list': { closed: false },
  'follow-ups.of-call': { callId: 'call-1' },
  'follow-ups.reminders': {},
  'follow-ups.ics': { ids: ['promise-1'] },
  'guidance.care': { callId: 'call-1' },
  'guidance.preferences': {},
  'suggest.query': { text: `${CANARY} parcel late` },
  'suggest.export': {},
  'suggest.memory': { from: 0, count: 100 },
  'practise.runs': { limit: 50 },
  'news.acknowledged': {},
  'checks.progress': {},
  'flags.list': {},
  'records.state': {},
};

describe('what an agent writes about the day', () => {
  let dir: string;
  let service: Service;
  const told: { name: string; payload: unknown }[] = [];
  const logged: string[] = [];
  let ids = 0;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval'], now: Date.UTC(2026, 10, 23, 9) });
    dir = tempDir();
    told.length = 0;
    logged.length = 0;
    service = openRecordsService(
      { dataDir: dir, resourcesDir: dir, key: testKey().toString('base64') },
      { publish: (name, payload) => told.push({ name, payload }), log: (level, message, details) => logged.push(JSON.stringify([level, message, details])) },
    );
  });
  afterEach(async () => {
    await service.close();
    vi.useRealTimers();
    rmSync(dir, { recursive: true, force: true });
  });

  const ask = async (route: string, input: unknown): Promise<unknown> => service.handle(route, input, { id: `canary-${(ids += 1)}` });

  const aCall = async (): Promise<void> => {
    await ask('calls.start', { id: 'call-1', direction: 'in', ringing: false, number: '+442079460000' });
    await ask('calls.save-note', { callId: 'call-1', text: 'parcel late', seq: 1 });
    await ask('follow-ups.create', { id: 'promise-1', callId: 'call-1', kind: 'call-back', text: 'ring back', dueAt: Date.UTC(2026, 10, 24), dueWords: 'tomorrow' });
    await ask('guidance.incident', { category: 'insult', warnings: 1, endedCall: false, words: 'shouted', callId: 'call-1', recovery: 'abusive' });
    await ask('calls.event', { callId: 'call-1', event: { type: 'hang-up', by: 'caller' } });
  };

  const stress = async (): Promise<void> => {
    const at = Date.UTC(2026, 10, 23, 9, 30);
    await ask(plannerCall.save, {
      life: 'life', seq: 1, at, data: JSON.stringify({ note: CANARY }),
      entries: [
        { type: 'hardCall', id: 'hard-1', at, kind: 'distressing', callId: 'call-1' },
        { type: 'checkIn', id: 'check-1', at, value: 1, note: CANARY },
        { type: 'break', id: 'break-1', entry: { at, what: 'skipped', kind: 'recovery', ms: 600_000, counted: false, reason: ALSO } },
      ],
    });
    await ask('wellbeing.add-wins', { kind: 'went-well', lines: [CANARY] });
    await ask('wellbeing.idea-used', { idea: 'canary-idea', finished: true });
  };

  const outward = async (): Promise<Record<string, string>> => {
    const answers: Record<string, string> = {};
    for (const [route, input] of Object.entries(OUTWARD)) {
      if (!Object.hasOwn(contract, route)) continue;
      answers[route] = JSON.stringify(await ask(route, contract[route as RouteName].input.parse(input))) ?? '';
    }
    answers['calls.export csv'] = JSON.stringify(await ask('calls.export', { format: 'csv' }));
    return answers;
  };

  it('is walked over every question there is: a new one has to be listed here', () => {
    const questions = Object.entries(contract).filter(([name, route]) => route.home === 'records' && route.kind === 'query' && !name.startsWith('wellbeing.')).map(([name]) => name);
    expect(questions.filter((name) => !Object.hasOwn(OUTWARD, name))).toEqual([]);
  });

  it('changes no answer to anybody else by a single byte', async () => {
    await aCall();
    const before = await outward();
    await stress();
    // It is really there, or the test would prove nothing.
    const own = JSON.stringify([await ask('wellbeing.export', { format: 'json' }), await ask('wellbeing.export', { format: 'csv' })]);
    expect(own).toContain(CANARY);
    expect(own).toContain('distressing');
    expect(await outward()).toEqual(before);
  });

  it('is in no event, no log line and no file', async () => {
    await aCall();
    const before = told.length;
    await stress();
    await ask('wellbeing.statement', { fromDay: '2026-11-23', toDay: '2026-11-23', name: 'Ana', recovery: false });
    expect(told.slice(before)).toEqual([]);
    expect(JSON.stringify(told)).not.toContain('CANARY');
    expect(logged.join('\n')).not.toContain('CANARY');
    await service.close();
    for (const file of allFiles(dir)) {
      const bytes = readFileSync(file);
      expect({ file, found: bytes.includes(CANARY) || bytes.includes(Buffer.from(CANARY, 'utf16le')) || bytes.includes(ALSO) }).toEqual({ file, found: false });
    }
    service = { handle: () => undefined, close: () => undefined };
  });

  it('is not in the statement of breaks either', async () => {
    await aCall();
    await stress();
    const text = JSON.stringify(await ask('wellbeing.statement', { fromDay: '2026-11-01', toDay: '2026-11-30', name: 'Ana', recovery: true }));
    expect(text).not.toContain('CANARY');
    expect(text).not.toMatch(/distressing|check/i);
  });

  it('has no place in what is copied to a CRM', () => {
    const values = { fields: {}, checkIn: CANARY, hardCall: CANARY, wins: CANARY, note: CANARY } as unknown as Parameters<typeof fillTemplate>[1];
    for (const template of Object.values(CRM_TEMPLATES)) {
      const slots = [...template.matchAll(/\{\{\s*([\w.-]+)/g)].map((match) => match[1] ?? '');
      expect(slots.length).toBeGreaterThan(0);
      expect(slots.filter((slot) => /hard|stress|check|break|mood|win|load|recover/i.test(slot))).toEqual([]);
      expect(fillTemplate(template, values)).not.toContain('CANARY');
    }
  });

  it('cannot be carried by what windows are told: names and numbers of breaks, nothing written', () => {
    const view = { kind: 'distressing', note: CANARY };
    expect(events['breaks.erased'].safeParse(view).success).toBe(false);
    expect(events['calls.changed'].safeParse({ callId: 'call-1', note: CANARY }).success).toBe(false);
    expect(events['breaks.sound'].safeParse({ name: CANARY }).success).toBe(false);
  });
});
