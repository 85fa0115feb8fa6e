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

  const remember = (linked: string, id: string): void => {
    running.delete(linked);
    running.set(linked, id);
    const oldest = running.keys().next();
    if (running.size > MOST_CALLS && oldest.done !== true) running.delete(oldest.value);
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
    if (running.get(linked) === id) running.delete(linked);
    return { verb: 'end', direction: 'in', id, ...(by === undefined ? {} : { by }) };
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
    running.delete(linked);
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

function cut(text: string, cap: number): string | undefined {
  return cleanText(text, cap);
}
