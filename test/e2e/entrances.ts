import { expect, type Desk } from './fixtures.ts';

type Bridge = { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean; data: unknown }> } };

/** Asks the app as its own page does. */
export const ask = (desk: Desk, route: string, input: unknown = {}): Promise<{ ok: boolean; data: unknown }> =>
  desk.page.evaluate(([name, what]) => (globalThis as unknown as Bridge).callside.invoke(name as string, what, crypto.randomUUID()), [route, input] as const);

const SETTINGS = { http: { enabled: false, port: 47_147 }, ami: { enabled: false, host: '', port: 5_038, user: '', agent: '', pauses: true }, dial: { scheme: 'tel', domain: '' } };

/** Switches the local entrance on and gives the address a softphone would be given. */
export async function openHttp(desk: Desk): Promise<string> {
  const port = 40_000 + (process.pid % 10_000);
  await ask(desk, 'settings.update', { telephony: { ...SETTINGS, http: { enabled: true, port } } });
  type Status = { http: { kind: string }; token: string };
  await expect.poll(async () => ((await ask(desk, 'telephony.status')).data as Status).http.kind, { timeout: 30_000 }).toBe('on');
  const { token } = (await ask(desk, 'telephony.status')).data as Status;
  return `http://127.0.0.1:${port}/call/${token}`;
}

/** Connects the desk to a scripted Asterisk as the agent at `PJSIP/101`. */
export async function connectAsterisk(desk: Desk, server: { port: number; logins(): number; until(check: () => boolean): Promise<void> }): Promise<void> {
  await ask(desk, 'telephony.set-password', { password: 'geheim' });
  await ask(desk, 'settings.update', { telephony: { ...SETTINGS, ami: { enabled: true, host: '127.0.0.1', port: server.port, user: 'callside', agent: 'PJSIP/101', pauses: true } } });
  await server.until(() => server.logins() === 1);
}

/** Every number this desk has a call of, finished or open. */
export async function recordedNumbers(desk: Desk): Promise<Set<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = (await ask(desk, 'calls.history', { limit: 100, ...(cursor === undefined ? {} : { cursor }) })).data as { lines: { number?: string }[]; cursor?: string };
    for (const line of page.lines) if (line.number !== undefined) found.add(line.number);
    cursor = page.cursor;
  } while (cursor !== undefined);
  for (const call of (await ask(desk, 'calls.open')).data as { number?: string }[]) if (call.number !== undefined) found.add(call.number);
  return found;
}
