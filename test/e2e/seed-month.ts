import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRecordsService } from '#main/processes/records-service.ts';
import { plannerCall } from '#main/processes/wellbeing-handlers.ts';
import { emptyLedger } from '#shared/domain/wellbeing/state.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Fills the records of a closed desk with a month of breaks, check-ins, hard calls and wins. `mark` is in every text. */
export async function seedMonth(dataDir: string, mark: string): Promise<void> {
  const { wrapped } = JSON.parse(readFileSync(join(dataDir, 'records.key.json'), 'utf8')) as { wrapped: string };
  const key = Buffer.from(wrapped, 'base64').toString('base64');
  const service = openRecordsService({ dataDir, resourcesDir: dataDir, key }, { publish: () => undefined, log: () => undefined });
  const run = async (route: string, input: unknown): Promise<unknown> => service.handle(route, input, { id: randomUUID() });
  const state = (await run(plannerCall.load, {})) as { life: string; seq: number; data: string } | null;
  const noon = new Date().setHours(12, 0, 0, 0);
  const entries: unknown[] = [];
  for (let back = 28; back >= 1; back -= 1) {
    const at = noon - back * DAY_MS;
    if ([0, 6].includes(new Date(at).getDay())) continue;
    const day = new Date(at);
    const name = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
    const empty = emptyLedger(name);
    entries.push({ type: 'day', at, ledger: { ...empty, startedAt: at - 4 * HOUR_MS, effectiveMs: 7.5 * HOUR_MS, talkMs: (4 + (back % 3)) * HOUR_MS, rest: { ...empty.rest, granted: 7, taken: 4 + (back % 4) }, micro: { ...empty.micro, granted: 9, taken: 5 + (back % 3) } } });
    entries.push({ type: 'checkIn', id: `c-${back}-a`, at, value: 2 + (back % 3), note: `${mark} midday` }, { type: 'checkIn', id: `c-${back}-b`, at: at + 3 * HOUR_MS, value: 1 + ((back * 7) % 5), note: '' });
    if (back % 5 === 0) entries.push({ type: 'hardCall', id: `h-${back}`, at, kind: (['draining', 'abusive', 'threat', 'distressing'] as const)[back % 4] });
  }
  const today = Date.now();
  for (const [index, kind] of (['rest', 'micro', 'rest'] as const).entries()) entries.push({ type: 'break', id: `b-${index}`, entry: { at: today - (3 - index) * 40 * 60_000, what: 'taken', kind, ms: kind === 'rest' ? 300_000 : 60_000, counted: true } });
  entries.push({ type: 'break', id: 'b-skip', entry: { at: today - 20 * 60_000, what: 'skipped', kind: 'micro', ms: 60_000, counted: false, reason: `${mark} queue full` } });
  entries.push({ type: 'hardCall', id: 'h-today', at: today - 30 * 60_000, kind: 'abusive' }, { type: 'checkIn', id: 'c-today', at: today - 25 * 60_000, value: 2, note: `${mark} loud` });
  await run(plannerCall.save, { life: state?.life ?? 'seed', seq: (state?.seq ?? 0) + 1, at: today, data: state?.data ?? '{}', entries });
  for (let call = 0; call < 4; call += 1) {
    const id = `seeded-${call}`;
    await run('calls.start', { id, direction: 'in', ringing: false });
    await run('calls.event', { callId: id, event: { type: 'hang-up', by: 'caller' } });
    await run('calls.wrap-up', { callId: id, disposition: { id: 'other', group: 'Other', label: 'Other', solved: true }, close: true });
  }
  await run('wellbeing.add-wins', { kind: 'went-well', lines: [`${mark} Mrs Okafor laughed at the end`, 'Found the parcel on the second try', 'Stayed calm through the whole billing call'] });
  await run('wellbeing.add-wins', { kind: 'helped', lines: ['The student whose rent was due'] });
  await service.close();
}
