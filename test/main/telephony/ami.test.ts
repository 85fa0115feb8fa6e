import { afterEach, describe, expect, it } from 'vitest';
import { createAmiClient, type AmiClient, type AmiState } from '#main/features/telephony/ami-client.ts';
import { amiAction, createAmiReader, type AmiMessage } from '#main/features/telephony/ami-protocol.ts';
import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';
import { attendedTransfer, blindTransfer, channelEvent, queueEvent, startAmiServer, type AmiServer } from './ami-server.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function until(check: () => boolean): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!check()) {
    if (Date.now() > limit) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function desk(server: AmiServer, options: { password?: string; user?: string; host?: string } = {}) {
  const events: TelephonyEvent[] = [];
  const states: AmiState[] = [];
  const client: AmiClient = createAmiClient({ accept: (event) => events.push(event) > 0, onState: (state) => states.push(state), firstRetryMs: 20, refusedRetryMs: 200, random: () => 0 });
  open.push(client);
  client.open({ host: options.host ?? '127.0.0.1', port: server.port, user: options.user ?? 'callside', password: options.password ?? 'geheim', agent: 'PJSIP/101' });
  return { events, states, client };
}

async function asterisk(options: Parameters<typeof startAmiServer>[0] = {}): Promise<AmiServer> {
  const server = await startAmiServer(options);
  open.push(server);
  return server;
}

const CALL = { linked: '1763712345.41', offer: '1763712345.42' };
const ID = '1763712345.41/1763712345.42';

describe('Asterisk manager', () => {
  it('follows a call of the queue from ringing to its end', async () => {
    const server = await asterisk();
    const { events, client } = await desk(server);
    await until(() => client.state().kind === 'on');
    server.send(queueEvent('AgentCalled', CALL) + queueEvent('AgentConnect', CALL, { HoldTime: '12', RingTime: '4' }) + channelEvent('Hold', CALL));
    server.send(channelEvent('Unhold', CALL) + queueEvent('AgentComplete', CALL, { TalkTime: '61', Reason: 'caller' }) + channelEvent('Hangup', CALL));
    await until(() => events.length >= 5);
    expect(events).toEqual([
      { verb: 'ring', direction: 'in', id: ID, number: '07700900123', name: 'Ann Smith', queue: 'orders', dialled: '600' },
      { verb: 'answer', direction: 'in', id: ID, number: '07700900123', name: 'Ann Smith', queue: 'orders', dialled: '600' },
      { verb: 'hold', direction: 'in', id: ID },
      { verb: 'resume', direction: 'in', id: ID },
      { verb: 'end', direction: 'in', id: ID, by: 'caller' },
    ]);
  });

  it('text cut anywhere by the network reads the same', () => {
    const text = `Asterisk Call Manager/9.0.0\r\n${queueEvent('AgentCalled', CALL)}${channelEvent('Hold', CALL)}`;
    const read = (sizes: number): string[] => {
      const seen: string[] = [];
      const reader = createAmiReader((line) => seen.push(line), (message: AmiMessage) => seen.push(JSON.stringify([...message])));
      for (let at = 0; at < text.length; at += sizes) reader(text.slice(at, at + sizes));
      return seen;
    };
    const whole = read(text.length);
    expect(whole).toHaveLength(3);
    for (const size of [1, 2, 3, 7, 64]) expect(read(size)).toEqual(whole);
  });

  it('a call offered again after it rang out is a new call; the late hang-up of the first ends nothing', async () => {
    const server = await asterisk();
    const { events, client } = await desk(server);
    await until(() => client.state().kind === 'on');
    const second = { ...CALL, offer: '1763712345.44' };
    server.send(queueEvent('AgentCalled', CALL) + queueEvent('AgentRingNoAnswer', CALL, { RingTime: '15000' }) + queueEvent('AgentCalled', second) + queueEvent('AgentRingNoAnswer', CALL) + queueEvent('AgentConnect', second));
    await until(() => events.length >= 5);
    expect(events.map(({ verb, id }) => `${verb} ${id?.split('.')[2]}`)).toEqual(['ring 42', 'end 42', 'ring 44', 'end 42', 'answer 44']);
    server.send(channelEvent('Hold', second));
    await until(() => events.length >= 6);
    expect(events.at(-1)).toMatchObject({ verb: 'hold', id: `${CALL.linked}/${second.offer}` });
  });

  it('a call passed on without asking is told with its target, in whatever order the server says it', async () => {
    for (const complete of ['before', 'after'] as const) {
      const server = await asterisk();
      const { events, client } = await desk(server);
      await until(() => client.state().kind === 'on');
      const [over, passed] = [queueEvent('AgentComplete', CALL, { Reason: 'transfer' }), blindTransfer(CALL, '250')];
      server.send(queueEvent('AgentConnect', CALL) + blindTransfer(CALL, '999', { Result: 'Not Permitted' }) + (complete === 'before' ? over + passed : passed + over));
      await until(() => events.length >= 3);
      const transfer = { verb: 'transfer', direction: 'in', id: ID, to: '250' };
      const end = { verb: 'end', direction: 'in', id: ID, by: 'unknown' };
      expect(events.slice(1)).toEqual(complete === 'before' ? [end, transfer] : [transfer, end]);
    }
  });

  it('a call passed on after asking: this desk learns whereto, the other from whom and whose call it really is', async () => {
    const server = await asterisk();
    const { events, client } = await desk(server);
    await until(() => client.state().kind === 'on');
    const away = { caller: CALL, consult: { linked: '1763712399.50', offer: '1763712399.51' }, transferer: 'PJSIP/101', transfererNumber: '101', target: 'PJSIP/102', targetNumber: '102' };
    server.send(queueEvent('AgentConnect', CALL) + channelEvent('Hold', CALL) + attendedTransfer(away) + queueEvent('AgentComplete', CALL, { Reason: 'transfer' }));
    await until(() => events.length >= 4);
    expect(events[2]).toEqual({ verb: 'transfer', direction: 'in', id: ID, to: '102', attended: true });

    // The other way round: a colleague asked us, and hands the caller over.
    const asked = { linked: '1763712400.60', offer: '1763712400.61', number: '103', name: 'Desk 103' };
    const dial = { Event: 'DialBegin', Uniqueid: asked.linked, Linkedid: asked.linked, CallerIDNum: '103', DestChannel: 'PJSIP/101-0000003c', DestUniqueid: asked.offer };
    const text = (lines: Record<string, string>): string => `${Object.entries(lines).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`;
    const theirs = { linked: '1763712390.70', offer: '1763712390.71', number: '07700900456', name: 'Cem Demir' };
    server.send(text(dial) + text({ ...dial, Event: 'DialEnd', DialStatus: 'ANSWER' }));
    server.send(attendedTransfer({ caller: theirs, consult: asked, transferer: 'PJSIP/103', transfererNumber: '103', target: 'PJSIP/101', targetNumber: '101' }));
    // The server names the joined call by its oldest leg from then on.
    server.send(channelEvent('Hangup', theirs));
    await until(() => events.length >= 8);
    const id = `${asked.linked}/${asked.offer}`;
    expect(events.slice(6)).toEqual([
      { verb: 'transfer', direction: 'in', id, from: '103', attended: true, number: '07700900456', name: 'Cem Demir' },
      { verb: 'end', direction: 'in', id, by: 'agent' },
    ]);
  });

  it("other desks' calls are none of ours, also when the name only begins alike", async () => {
    const server = await asterisk();
    const { events, client } = await desk(server);
    await until(() => client.state().kind === 'on');
    server.send(queueEvent('AgentCalled', { ...CALL, agent: 'PJSIP/102' }) + queueEvent('AgentCalled', { ...CALL, agent: 'PJSIP/1011' }) + channelEvent('Hold', { ...CALL, agent: 'PJSIP/102' }));
    server.send(queueEvent('AgentCalled', { ...CALL, number: '<unknown>', name: '<unknown>' }));
    await until(() => events.length >= 1);
    expect(events).toEqual([{ verb: 'ring', direction: 'in', id: ID, queue: 'orders', dialled: '600' }]);
  });

  it('comes back after a lost connection, and pauses the queue again', async () => {
    const server = await asterisk();
    const { states, client } = await desk(server);
    await until(() => client.state().kind === 'on');
    client.pause('lunch\r\nAction: Originate');
    await server.until((actions) => actions.some((one) => one['Action'] === 'QueuePause'));
    server.drop();
    await until(() => server.logins() >= 2);
    await server.until((actions) => actions.filter((one) => one['Action'] === 'QueuePause').length >= 2);
    expect(server.actions.filter((one) => one['Action'] === 'QueuePause')[1]).toEqual({ Action: 'QueuePause', Interface: 'PJSIP/101', Paused: 'true', Reason: 'lunch  Action: Originate' });
    expect(server.actions.some((one) => one['Action'] === 'Originate')).toBe(false);
    expect(states.some((state) => state.kind === 'waiting' && state.reason === 'lost')).toBe(true);
    client.pause(undefined);
    await server.until((actions) => actions.some((one) => one['Paused'] === 'false'));
  });

  it('a wrong password is said and not hammered', async () => {
    const server = await asterisk();
    const { client } = await desk(server, { password: 'falsch' });
    await until(() => client.state().kind === 'waiting');
    expect(client.state()).toEqual({ kind: 'waiting', reason: 'refused', retryMs: 200 });
  });

  it('waits longer each time while nobody answers', async () => {
    const server = await asterisk();
    await server.close();
    const { states } = await desk(server);
    const waits = (): number[] => states.flatMap((state) => (state.kind === 'waiting' && state.reason === 'unreachable' ? [state.retryMs] : []));
    await until(() => waits().length >= 4);
    expect(waits().slice(0, 4)).toEqual([20, 40, 80, 160]);
  });

  it('something else on that port is left alone: no password is sent, endless lines end it', async () => {
    for (const greeting of ['HTTP/1.1 400 Bad Request\r\n', 'x'.repeat(100_000), `Asterisk Call Manager/9\r\n${'y'.repeat(100_000)}`]) {
      const server = await asterisk({ greeting });
      const { states } = await desk(server);
      await until(() => states.some((state) => state.kind === 'waiting' && state.reason === 'not-asterisk'));
      if (!greeting.startsWith('Asterisk')) expect(server.actions).toEqual([]);
    }
  });

  it('an action cannot be smuggled into a value', () => {
    expect(amiAction('Login', { Username: 'a\r\nAction: Command', Secret: 'b' }).split('\r\n')).toEqual(['Action: Login', 'Username: a  Action: Command', 'Secret: b', '', '']);
  });
});
