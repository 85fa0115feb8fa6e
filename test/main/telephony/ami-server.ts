import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A scripted Asterisk manager: speaks the protocol's real text over TCP, and keeps what it was told. */
export type AmiServer = {
  port: number;
  /** Actions received, each as its lines. */
  actions: Record<string, string>[];
  /** Sends raw text to everyone who logged in. */
  send(text: string): void;
  drop(): void;
  logins(): number;
  close(): Promise<void>;
  /** Waits until something was received. */
  until(check: (actions: Record<string, string>[]) => boolean): Promise<void>;
};

export async function startAmiServer({ user = 'callside', secret = 'geheim', greeting = 'Asterisk Call Manager/9.0.0\r\n', port = 0 } = {}): Promise<AmiServer> {
  const actions: Record<string, string>[] = [];
  const sockets = new Set<Socket>();
  const open = new Set<Socket>();
  let logins = 0;
  const server: Server = createServer((socket) => {
    socket.setEncoding('utf8');
    sockets.add(socket);
    let rest = '';
    socket.write(greeting);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      open.delete(socket);
    });
    socket.on('data', (chunk: string) => {
      rest += chunk;
      for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
        const action = Object.fromEntries(rest.slice(0, end).split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
        rest = rest.slice(end + 4);
        actions.push(action);
        const id = action['ActionID'] === undefined ? '' : `ActionID: ${action['ActionID']}\r\n`;
        if (action['Action'] === 'Login') {
          const right = action['Username'] === user && action['Secret'] === secret;
          socket.write(right ? `Response: Success\r\n${id}Message: Authentication accepted\r\n\r\n` : `Response: Error\r\n${id}Message: Authentication failed\r\n\r\n`);
          if (right) {
            logins += 1;
            open.add(socket);
            socket.write('Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 351\r\nLastReload: 351\r\nStatus: Fully Booted\r\n\r\n');
          }
        } else socket.write(`Response: Success\r\n${id}Message: Done\r\n\r\n`);
      }
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    actions,
    send: (text) => {
      for (const socket of open) socket.write(text);
    },
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    logins: () => logins,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
    until: async (check) => {
      const limit = Date.now() + 20_000;
      while (!check(actions)) {
        if (Date.now() > limit) throw new Error('the desk did not say what was awaited');
        await new Promise((done) => setTimeout(done, 20));
      }
    },
  };
}

type Call = { linked: string; offer: string; number?: string; name?: string; queue?: string; agent?: string };

const block = (lines: Record<string, string>): string => `${Object.entries(lines).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`;

/** Queue events as Asterisk 20 writes them (fields of `app_queue`, with the channel snapshots of both sides). */
export function queueEvent(event: 'AgentCalled' | 'AgentConnect' | 'AgentComplete' | 'AgentRingNoAnswer', call: Call, extra: Record<string, string> = {}): string {
  const { linked, offer, number = '07700900123', name = 'Ann Smith', queue = 'orders', agent = 'PJSIP/101' } = call;
  return block({
    Event: event, Privilege: 'agent,all', Channel: 'PJSIP/trunk-00000029', ChannelState: '6', ChannelStateDesc: 'Up', CallerIDNum: number, CallerIDName: name,
    ConnectedLineNum: '101', ConnectedLineName: 'Desk 101', Language: 'en', AccountCode: '', Context: 'queues', Exten: '600', Priority: '3', Uniqueid: linked, Linkedid: linked,
    DestChannel: `${agent}-0000002a`, DestChannelState: '5', DestChannelStateDesc: 'Ringing', DestCallerIDNum: '101', DestCallerIDName: 'Desk 101', DestConnectedLineNum: number,
    DestUniqueid: offer, DestLinkedid: linked, Queue: queue, Interface: agent, MemberName: agent, ...extra,
  });
}

export function channelEvent(event: 'Hold' | 'Unhold' | 'Hangup', call: Call, { caller = false } = {}): string {
  const { linked, offer, agent = 'PJSIP/101' } = call;
  return block({
    Event: event, Privilege: 'call,all', Channel: caller ? 'PJSIP/trunk-00000029' : `${agent}-0000002a`, ChannelState: '6', ChannelStateDesc: 'Up', CallerIDNum: '101', CallerIDName: 'Desk 101',
    Uniqueid: caller ? linked : offer, Linkedid: linked, ...(event === 'Hangup' ? { Cause: '16', 'Cause-txt': 'Normal Clearing' } : {}), ...(event === 'Hold' ? { MusicClass: 'default' } : {}),
  });
}

/** A call passed on by this desk without asking first (fields of Asterisk 20's BlindTransfer). */
export function blindTransfer(call: Call, extension: string, extra: Record<string, string> = {}): string {
  const { linked, offer, agent = 'PJSIP/101', number = '07700900123' } = call;
  return block({
    Event: 'BlindTransfer', Privilege: 'call,all', Result: 'Success', TransfererChannel: `${agent}-0000002a`, TransfererCallerIDNum: '101', TransfererConnectedLineNum: number,
    TransfererUniqueid: offer, TransfererLinkedid: linked, TransfereeChannel: 'PJSIP/trunk-00000029', TransfereeCallerIDNum: number, TransfereeUniqueid: linked, TransfereeLinkedid: linked,
    BridgeUniqueid: 'b1', IsExternal: 'Yes', Context: 'internal', Extension: extension, ...extra,
  });
}

type Legs = { caller: Call; consult: Call; transferer: string; target: string; targetNumber: string; transfererNumber: string };

/** A call passed on after asking (fields of Asterisk 20's AttendedTransfer, with the target's channel where it has one). */
export function attendedTransfer({ caller, consult, transferer, target, targetNumber, transfererNumber }: Legs, extra: Record<string, string> = {}): string {
  const { number = '07700900123', name = 'Ann Smith' } = caller;
  return block({
    Event: 'AttendedTransfer', Privilege: 'call,all', Result: 'Success',
    OrigTransfererChannel: `${transferer}-0000002a`, OrigTransfererCallerIDNum: transfererNumber, OrigTransfererConnectedLineNum: number, OrigTransfererUniqueid: caller.offer, OrigTransfererLinkedid: caller.linked,
    OrigBridgeUniqueid: 'b1',
    SecondTransfererChannel: `${transferer}-0000002b`, SecondTransfererCallerIDNum: transfererNumber, SecondTransfererConnectedLineNum: targetNumber, SecondTransfererUniqueid: consult.linked, SecondTransfererLinkedid: consult.linked,
    SecondBridgeUniqueid: 'b2', DestType: 'Bridge', DestBridgeUniqueid: 'b1',
    TransfereeChannel: 'PJSIP/trunk-00000029', TransfereeCallerIDNum: number, TransfereeCallerIDName: name, TransfereeUniqueid: caller.linked, TransfereeLinkedid: caller.linked,
    TransferTargetChannel: `${target}-0000002c`, TransferTargetCallerIDNum: targetNumber, TransferTargetUniqueid: consult.offer, TransferTargetLinkedid: consult.linked, ...extra,
  });
}
