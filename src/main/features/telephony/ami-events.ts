import { CAPS, cleanText } from '#shared/domain/telephony/clean.ts';
import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';
import type { AmiMessage } from './ami-protocol.ts';

/** Calls remembered while they run; an exchange with more at one desk is not telling the truth. */
const MOST_CALLS = 500;

/**
 * Turns manager events into events of this desk's calls. `agent` is the interface as the queue names
 * it (`PJSIP/101`, `Local/101@agents`). What belongs to other desks is dropped here.
 *
 * A queue may offer the same call to the same desk again after it rang out: each offer has its own
 * channel towards the desk (DestUniqueid), so the call id is `Linkedid` and that channel together.
 */
export function createAmiTranslator(agent: string): (message: AmiMessage) => TelephonyEvent | undefined {
  /** Linkedid → id of the offer that is running at this desk. */
  const running = new Map<string, string>();

  /** The same for offers that ended: the queue may say "complete" before the transfer is told. */
  const ended = new Map<string, string>();

  const keep = (into: Map<string, string>, linked: string, id: string): void => {
    into.delete(linked);
    into.set(linked, id);
    const oldest = into.keys().next();
    if (into.size > MOST_CALLS && oldest.done !== true) into.delete(oldest.value);
  };
  const remember = (linked: string, id: string): void => keep(running, linked, id);
  const forget = (linked: string, id: string): void => {
    running.delete(linked);
    keep(ended, linked, id);
  };

  const idOf = (message: AmiMessage): string | undefined => {
    const linked = linkedOf(message);
    const offer = message.get('destuniqueid');
    if (linked === undefined) return undefined;
    return cut(offer === undefined || offer === linked ? linked : `${linked}/${offer}`, CAPS.id);
  };

  const offered = (message: AmiMessage, verb: 'ring' | 'answer'): TelephonyEvent | undefined => {
    const [linked, id] = [linkedOf(message), idOf(message)];
    if (linked === undefined || id === undefined) return undefined;
    remember(linked, id);
    return { verb, direction: 'in', id, ...factsOf(message) };
  };

  /** The end of an offer: only the one that runs, so that a late message of an earlier offer ends nothing. */
  const over = (message: AmiMessage, by?: TelephonyEvent['by']): TelephonyEvent | undefined => {
    const linked = linkedOf(message);
    const id = linked === undefined ? undefined : (message.has('destuniqueid') ? idOf(message) : running.get(linked));
    if (linked === undefined || id === undefined) return undefined;
    if (running.get(linked) === id) forget(linked, id);
    return { verb: 'end', direction: 'in', id, ...(by === undefined ? {} : { by }) };
  };

  /** The call of one leg of a transfer, running or just over. */
  const callOf = (message: AmiMessage, leg: string): string | undefined => {
    const linked = message.get(`${leg}linkedid`) ?? '';
    return running.get(linked) ?? ended.get(linked);
  };

  const blind = (message: AmiMessage): TelephonyEvent | undefined => {
    const id = callOf(message, 'transferer');
    const to = said(message, CAPS.to, 'extension', 'transfererconnectedlinenum');
    if (!isDone(message) || !channelOf(message.get('transfererchannel'), agent) || id === undefined || to === undefined) return undefined;
    return { verb: 'transfer', direction: 'in', id, to };
  };

  /**
   * Two calls of one desk become one without it. The legs stand in the order they were made, so the caller's may be
   * either. At the desk the call goes to, the colleague's number makes way for the caller's.
   */
  const attended = (message: AmiMessage): TelephonyEvent | undefined => {
    if (!isDone(message)) return undefined;
    const own = ['origtransferer', 'secondtransferer'].filter((leg) => channelOf(message.get(`${leg}channel`), agent));
    const leg = own.find((one) => callOf(message, one) !== undefined);
    if (leg !== undefined) {
      const other = leg === 'origtransferer' ? 'secondtransferer' : 'origtransferer';
      const to = said(message, CAPS.to, ...(leg === 'origtransferer' ? ['transfertargetcalleridnum'] : []), `${other}connectedlinenum`, 'destapp', `${other}exten`);
      const id = callOf(message, leg);
      return id === undefined || to === undefined ? undefined : { verb: 'transfer', direction: 'in', id, to, attended: true };
    }
    const id = channelOf(message.get('transfertargetchannel'), agent) ? (callOf(message, 'transfertarget') ?? callOf(message, 'secondtransferer')) : undefined;
    const from = said(message, CAPS.from, 'origtransferercalleridnum', 'secondtransferercalleridnum');
    if (id === undefined || from === undefined) return undefined;
    // From now on the server names the call by its oldest leg.
    for (const name of ['transfereelinkedid', 'origtransfererlinkedid']) {
      const linked = message.get(name);
      if (linked !== undefined) remember(linked, id);
    }
    const [number, name] = [said(message, CAPS.number, 'transfereecalleridnum'), said(message, CAPS.name, 'transfereecalleridname')];
    return { verb: 'transfer', direction: 'in', id, from, attended: true, ...(number === undefined ? {} : { number }), ...(name === undefined || name === number ? {} : { name }) };
  };

  const during = (message: AmiMessage, verb: 'hold' | 'resume'): TelephonyEvent | undefined => {
    const id = running.get(linkedOf(message) ?? '');
    return id === undefined ? undefined : { verb, direction: 'in', id };
  };

  return (message) => {
    const mine = isAgent(message, agent);
    switch (message.get('event')?.toLowerCase()) {
      case 'agentcalled':
        return mine ? offered(message, 'ring') : undefined;
      case 'agentconnect':
        return mine ? offered(message, 'answer') : undefined;
      case 'agentringnoanswer':
        return mine ? over(message) : undefined;
      case 'agentcomplete':
        return mine ? over(message, completedBy(message.get('reason'))) : undefined;
      case 'dialbegin':
        return channelOf(message.get('destchannel'), agent) ? offered(message, 'ring') : undefined;
      case 'dialend':
        if (!channelOf(message.get('destchannel'), agent)) return undefined;
        return message.get('dialstatus') === 'ANSWER' ? offered(message, 'answer') : over(message);
      case 'hold':
        return during(message, 'hold');
      case 'unhold':
        return during(message, 'resume');
      case 'blindtransfer':
        return blind(message);
      case 'attendedtransfer':
        return attended(message);
      case 'hangup':
        // Either end of the call: this desk's own channel, or the caller's, whose id is the call's.
        return channelOf(message.get('channel'), agent) || message.get('uniqueid') === linkedOf(message) ? hangup(message) : undefined;
      default:
        return undefined;
    }
  };

  function hangup(message: AmiMessage): TelephonyEvent | undefined {
    const linked = linkedOf(message);
    const id = linked === undefined ? undefined : running.get(linked);
    if (linked === undefined || id === undefined) return undefined;
    forget(linked, id);
    return { verb: 'end', direction: 'in', id, by: message.get('uniqueid') === linked ? 'caller' : 'agent' };
  }
}

function linkedOf(message: AmiMessage): string | undefined {
  return message.get('linkedid') ?? message.get('uniqueid');
}

/** A queue event names the member by interface; `StateInterface` differs for members reached by `Local/`. */
function isAgent(message: AmiMessage, agent: string): boolean {
  const wanted = agent.toLowerCase();
  return [message.get('interface'), message.get('stateinterface'), message.get('membername')].some((name) => name?.toLowerCase() === wanted) || channelOf(message.get('destchannel'), agent);
}

/** `PJSIP/101-0000002a` is a channel of `PJSIP/101`, and `PJSIP/1011-…` is not. */
function channelOf(channel: string | undefined, agent: string): boolean {
  return channel !== undefined && agent !== '' && channel.toLowerCase().startsWith(`${agent.toLowerCase()}-`);
}

/** Who hung up, as the queue tells it: `caller`, `agent` or `transfer`. */
function completedBy(reason: string | undefined): TelephonyEvent['by'] {
  const word = reason?.toLowerCase();
  return word === 'caller' || word === 'agent' ? word : 'unknown';
}

/** Asterisk writes `<unknown>` where it knows nothing. */
function factsOf(message: AmiMessage): Pick<TelephonyEvent, 'number' | 'name' | 'queue' | 'dialled'> {
  const read = (name: string, cap: number): string | undefined => {
    const raw = message.get(name);
    return raw === undefined || raw === '<unknown>' ? undefined : cleanText(raw, cap);
  };
  const number = read('calleridnum', CAPS.number);
  const facts = { number, name: read('calleridname', CAPS.name), queue: read('queue', CAPS.queue), dialled: read('exten', CAPS.dialled) };
  // A name that only repeats the number says nothing.
  if (facts.name === number) facts.name = undefined;
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** The first of these fields that says anything. */
function said(message: AmiMessage, cap: number, ...names: string[]): string | undefined {
  for (const name of names) {
    const raw = message.get(name);
    const text = raw === undefined || raw === '<unknown>' ? undefined : cleanText(raw, cap);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A transfer that failed leaves the call where it was. */
function isDone(message: AmiMessage): boolean {
  return message.get('result')?.toLowerCase() === 'success';
}

function cut(text: string, cap: number): string | undefined {
  return cleanText(text, cap);
}
