import type { FollowUp } from './schema.ts';

const KIND_WORDS: Record<FollowUp['kind'], string> = { promise: 'Promise', 'call-back': 'Call back', 'e-mail': 'Send e-mail' };

/** UTC time as iCalendar writes it: 20260107T143000Z. */
function stamp(at: number): string {
  return `${new Date(at).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', String.raw`\;`).replaceAll(',', String.raw`\,`).replaceAll(/\r\n|\r|\n/g, String.raw`\n`);
}

const utf8Length = (char: string): number => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** Lines of at most 75 octets, continued with a space (RFC 5545 section 3.1). */
function fold(line: string): string {
  let out = '';
  let room = 75;
  for (const char of line) {
    const size = utf8Length(char);
    if (size > room) {
      out += '\r\n ';
      room = 74;
    }
    out += char;
    room -= size;
  }
  return out;
}

/** Follow-ups as a calendar file (RFC 5545) with a reminder at the due time. `now` is the time of writing. */
export function toIcs(followUps: readonly FollowUp[], now: number): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Callside//Follow-ups//EN', 'CALSCALE:GREGORIAN'];
  for (const followUp of followUps) {
    const who = [followUp.name, followUp.number].filter((part) => part !== undefined && part !== '').join(', ');
    lines.push(
      'BEGIN:VEVENT',
      `UID:${escape(followUp.id)}@callside`,
      `DTSTAMP:${stamp(now)}`,
      `DTSTART:${stamp(followUp.dueAt)}`,
      `DTEND:${stamp(followUp.dueAt + 15 * 60_000)}`,
      `SUMMARY:${escape(`${KIND_WORDS[followUp.kind]}: ${followUp.text.split('\n')[0] ?? ''}`)}`,
      `DESCRIPTION:${escape([followUp.text, who].filter((part) => part !== '').join('\n'))}`,
      `STATUS:${followUp.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escape(KIND_WORDS[followUp.kind])}`,
      'TRIGGER:PT0S',
      'END:VALARM',
      'END:VEVENT',
    );
  }
  lines.push('END:VCALENDAR');
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
