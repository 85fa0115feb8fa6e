import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTelephonyService, type TelephonyService } from '#main/features/telephony/index.ts';
import { policySchema, type Policy } from '#shared/domain/policy.ts';
import { telephonySettingsSchema } from '#shared/domain/telephony/settings.ts';
import { startAmiServer } from './ami-server.ts';
import { testDesk } from '../wellbeing/helpers.ts';

/** A program that writes down how it was called, one JSON line each. */
const PROGRAM = `
const { appendFileSync } = require('node:fs');
const [, , file, ...rest] = process.argv;
if (rest[0] === 'hang') setInterval(() => undefined, 1000);
else if (rest[0] === 'fail') process.exit(3);
else appendFileSync(file, JSON.stringify(rest) + '\\n');
`;

let dir: string;
let service: TelephonyService;
const warned: string[] = [];
const calls = (): string[][] => (existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as string[]) : []);

function open(argumentsAfter: string[], extra: { reasons?: Record<string, string>; timeoutSeconds?: number; program?: string } = {}): void {
  const { reasons, timeoutSeconds = 10, program = process.execPath } = extra;
  const notReady: Policy['notReady'] = policySchema.parse({
    callsidePolicy: 1,
    notReady: { command: { program, arguments: [join(dir, 'program.cjs'), join(dir, 'calls'), ...argumentsAfter], timeoutSeconds }, ...(reasons === undefined ? {} : { reasons }) },
  }).notReady;
  service = createTelephonyService({
    records: { start: () => Promise.reject(new Error('no calls here')), apply: () => Promise.reject(new Error('no calls here')), open: () => Promise.resolve([]) } as never,
    secrets: { token: () => '', password: () => 'geheim' },
    now: Date.now, onStarted: () => undefined, onState: () => undefined, onHeard: () => undefined, onSaid: () => undefined,
    notReady: () => notReady,
    warn: (_message, details) => warned.push(String(details?.['kind'])),
  });
  service.configure(telephonySettingsSchema.parse({}));
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callside-not-ready-'));
  writeFileSync(join(dir, 'program.cjs'), PROGRAM);
  warned.length = 0;
});
afterEach(async () => {
  await service.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the program that tells the telephone system', () => {
  it('hears of a break and of its end, under the names the telephone system has for them', async () => {
    open(['--state', '{state}', '--reason={reason}'], { reasons: { break: 'PAUSE 1' } });
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(10_000, true);
    await desk.runner.act({ type: 'take', kind: 'rest' });
    for (const reason of desk.reasons.splice(0)) service.notReady(reason ?? undefined);
    await settled();
    await desk.runner.act({ type: 'finish' });
    for (const reason of desk.reasons.splice(0)) service.notReady(reason ?? undefined);
    await settled();
    expect(calls()).toEqual([['--state', 'not-ready', '--reason=PAUSE 1'], ['--state', 'ready', '--reason=']]);
    expect(warned).toEqual([]);
  });

  it('gets hostile text as one argument, whatever a shell would make of it', async () => {
    open(['{reason}', 'x{reason}y']);
    const hostile = ['"; touch pwned; "', '$(touch pwned)', '`touch pwned`', '| touch pwned', '& calc.exe &', '%PATH%', "' --flag", '{state}', '\0nul', 'two\nlines', '--help', 'ünï ☎'];
    for (const text of hostile) {
      service.notReady(text);
      await settled();
    }
    expect(calls().map(([first]) => first)).toEqual(['"; touch pwned; "', '$(touch pwned)', '`touch pwned`', '| touch pwned', '& calc.exe &', '%PATH%', "' --flag", '{state}', 'nul', 'two lines', 'help', 'ünï ☎']);
    expect(calls().every((one) => one.length === 2)).toBe(true);
    expect(existsSync(join(dir, 'pwned')) || existsSync('pwned')).toBe(false);
  });

  it('is told the newest state last, however fast they come', async () => {
    open(['{state}']);
    for (let n = 0; n < 40; n += 1) service.notReady(n % 2 === 0 ? 'break' : undefined);
    await settled();
    expect(calls().at(-1)).toEqual(['ready']);
    expect(calls().length).toBeLessThan(5);
  });

  it('may fail, hang or be missing: the desk goes on and the log has a line', async () => {
    open(['fail']);
    service.notReady('break');
    await settled();
    await service.close();
    open(['hang'], { timeoutSeconds: 1 });
    service.notReady('break');
    await settled();
    await service.close();
    open([], { program: join(dir, 'not-there') });
    service.notReady('break');
    await settled();
    expect(warned).toEqual(['exit 3', 'SIGKILL', 'ENOENT']);
  });
});

describe('Asterisk', () => {
  it('takes the desk out of its queue for a break and back in after it', async () => {
    const server = await startAmiServer();
    try {
      open(['{state}'], { reasons: { break: 'PAUSE 1' } });
      service.configure(telephonySettingsSchema.parse({ ami: { enabled: true, host: '127.0.0.1', port: server.port, user: 'callside', agent: 'PJSIP/101', pauses: true } }));
      const pauses = (): Record<string, string>[] => server.actions.filter((one) => one['Action'] === 'QueuePause');
      await vi.waitFor(() => expect(service.ami().kind).toBe('on'), 10_000);
      const desk = testDesk();
      await desk.runner.start();
      desk.pass(10_000, true);
      for (const type of ['take', 'finish'] as const) {
        await desk.runner.act(type === 'take' ? { type, kind: 'rest' } : { type });
        for (const reason of desk.reasons.splice(0)) service.notReady(reason ?? undefined);
      }
      await server.until(() => pauses().some((one) => one['Paused'] === 'false'));
      expect(pauses()).toMatchObject([{ Interface: 'PJSIP/101', Paused: 'true', Reason: 'PAUSE 1' }, { Interface: 'PJSIP/101', Paused: 'false' }]);
    } finally {
      await service.close();
      await server.close();
    }
  });
});

/** The service closes only after the program has ended; a fresh one with the same calls goes on. */
async function settled(): Promise<void> {
  await service.close();
}
