import type { TelephonyVerb } from './event.ts';

/** The softphones with a ready template, and the two general ways. */
export const PHONES = ['microsip', '3cx', 'vicidial', 'wildix', 'ringotel', 'nfon', 'sip', 'asterisk'] as const;
export type Phone = (typeof PHONES)[number];

/** One thing to copy into the phone. `settings` are lines for its file; the others are one address or command each. */
export type Snippet = { event: TelephonyVerb | 'call-out' | 'start' | 'settings'; text: string };
export type Template = { phone: Phone; snippets: readonly Snippet[]; needsHttp: boolean };

export type TemplateParts = {
  /** Full path of this program, and what comes before our own arguments. */
  program: { path: string; arguments: readonly string[] };
  port: number;
  token: string;
};

/** How each system writes its placeholders (source: the vendors' pages named in docs/telephony.md). */
type Placeholders = { number: string; name?: string; id?: string; dialled?: string; direction?: 'out' };

/** The texts to copy for one phone, with this desk's path, port and token filled in. */
export function templateFor(phone: Phone, parts: TemplateParts): Template {
  const http = (event: TelephonyVerb, fields: Placeholders): Snippet => ({ event, text: address(parts, event, fields) });
  switch (phone) {
    case 'microsip':
      return { phone, needsHttp: false, snippets: [{ event: 'settings', text: microsip(parts) }] };
    case '3cx': {
      const fields = { number: '%CallerNumber%', name: '%CallerDisplayName%' };
      return { phone, needsHttp: true, snippets: [http('ring', fields), { event: 'start', text: `${command(parts)} --call %CallerNumber% --name %CallerDisplayName%` }] };
    }
    case 'vicidial': {
      const fields = { number: '--A--phone_number--B--', name: '--A--first_name--B--' };
      return { phone, needsHttp: true, snippets: [http('answer', fields), http('end', { number: fields.number })] };
    }
    case 'wildix': {
      const fields = { number: '{CALLERNUM}', name: '{CALLERNAME}' };
      return { phone, needsHttp: true, snippets: [http('ring', fields), http('answer', fields)] };
    }
    case 'ringotel': {
      const fields = { number: '$caller$', name: '$caller_name$', dialled: '$called$' };
      return { phone, needsHttp: true, snippets: [http('ring', fields), http('answer', fields)] };
    }
    case 'nfon': {
      const fields = { number: '$RemoteParty', name: '$RemoteAlias', dialled: '$LocalParty', id: '$CallGUID' };
      const short = { number: fields.number, id: fields.id };
      return { phone, needsHttp: true, snippets: [http('ring', fields), { event: 'call-out', text: address(parts, 'ring', { ...fields, direction: 'out' }) }, http('answer', fields), http('hold', short), http('end', short)] };
    }
    case 'sip':
      return { phone, needsHttp: true, snippets: [http('ring', { number: 'NUMBER' }), http('answer', { number: 'NUMBER' }), http('end', { number: 'NUMBER' }), { event: 'start', text: `${command(parts)} --call NUMBER` }, { event: 'start', text: 'callside://call?number=NUMBER' }] };
    case 'asterisk':
      return { phone, needsHttp: false, snippets: [{ event: 'settings', text: MANAGER_CONF }] };
  }
}

const MANAGER_CONF = ['[callside]', 'secret = CHOOSE-A-LONG-ONE', 'deny = 0.0.0.0/0.0.0.0', 'permit = ADDRESS-OF-THIS-DESK/255.255.255.255', 'read = call,agent', 'write = agent'].join('\n');

/**
 * MicroSIP starts a program with the number as its last word; the quoted path may have arguments of its own.
 * `cmdCallStart` comes when either side answered; a busy or declined call ends with `cmdCallBusy` alone.
 */
function microsip(parts: TemplateParts): string {
  const line = (name: string, event: TelephonyVerb, more = ''): string => `${name}=${command(parts)} --event ${event}${more} --call`;
  return [line('cmdIncomingCall', 'ring'), line('cmdOutgoingCall', 'ring', ' --direction out'), line('cmdCallStart', 'answer'), line('cmdCallEnd', 'end'), line('cmdCallBusy', 'end')].join('\n');
}

function command({ program }: TemplateParts): string {
  return [program.path, ...program.arguments].map((word) => `"${word}"`).join(' ');
}

function address({ port, token }: TemplateParts, event: TelephonyVerb, fields: Placeholders): string {
  const query = [`event=${event}`, ...Object.entries(fields).map(([name, placeholder]) => `${name}=${placeholder}`)].join('&');
  // The token stands in the path: some phones put every placeholder they know into the query.
  return `http://127.0.0.1:${port}/call/${token}?${query}`;
}
