/** One message of the Asterisk manager interface: names in lower case, the first value of each name. */
export type AmiMessage = ReadonlyMap<string, string>;

/** Longer than any line Asterisk sends; a server that sends more is not one. */
const LONGEST_LINE = 16_384;
const MOST_FIELDS = 400;

/** Thrown when the other side does not speak the protocol: the connection is given up. */
export class AmiFormatError extends Error {}

/**
 * Takes bytes as they come and gives whole messages. Lines end with CRLF (a lone LF is taken too), a
 * message with an empty line. The greeting is one line of its own.
 */
export function createAmiReader(onGreeting: (line: string) => void, onMessage: (message: AmiMessage) => void): (chunk: string) => void {
  let rest = '';
  let greeted = false;
  let fields = new Map<string, string>();

  const takeLine = (line: string): void => {
    if (!greeted) {
      greeted = true;
      onGreeting(line);
      return;
    }
    if (line === '') {
      const message = fields;
      fields = new Map();
      if (message.size > 0) onMessage(message);
      return;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) return;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name) && fields.size < MOST_FIELDS) fields.set(name, line.slice(colon + 1).trim());
  };

  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new AmiFormatError('a line without end');
    for (const line of lines) {
      if (line.length > LONGEST_LINE) throw new AmiFormatError('a line too long');
      takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
  };
}

/** An action as text. Line ends are taken out of every value: a name must not become a second action. */
export function amiAction(action: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Action: action, ...values }).map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n\0]/g, ' ')}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
