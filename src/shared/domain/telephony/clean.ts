/** Longest value kept of each parameter a telephone may send, in UTF-16 code units. */
export const CAPS = { number: 80, name: 200, queue: 120, dialled: 80, id: 120, text: 1_000, to: 80, from: 80 } as const;

/**
 * Control characters, marks that turn the direction of text round, invisible joiners and lone
 * surrogates: nothing a name or number needs, and all of it able to make a screen or a log lie.
 */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * What telephone systems write when they had nothing to put in a template: the placeholder itself.
 * Forms: `%CallerNumber%`, `$caller$`, `$RemoteParty`, `{CALLERNUM:1}`, `--A--phone_number--B--`, `[sip.X-Header]`.
 */
const PLACEHOLDER = /^(?:%\w+%|\$\w+\$?|\{\w+(?::\d+)?\}|--A--\w*--B--|\[sip\.[\w-]+\])$/u;

/** A parameter as plain text of one line, or undefined when nothing is left of it. */
export function cleanText(raw: string, cap: number): string | undefined {
  // Cut before the work: a megabyte of hostile text costs no more than a long name.
  const text = raw.slice(0, cap * 4).replaceAll(UNWANTED, ' ').replaceAll(/\s+/gu, ' ').trim();
  if (text === '' || PLACEHOLDER.test(text)) return undefined;
  // A cut in the middle of a pair would leave half a character.
  return text.slice(0, cap).replace(/[\uD800-\uDBFF]$/u, '');
}

const SCHEME = /^(?:sips?|tel|callto):/iu;

/** The number in `sip:+4930123@host;user=phone` and its simpler forms, for comparing two of them. */
export function userPart(number: string): string {
  const inside = /<([^>]*)>/u.exec(number)?.[1] ?? number;
  return (inside.trim().replace(SCHEME, '').split(/[@;?]/u)[0] ?? '').trim();
}

/** Fewer digits than this are extensions inside the house: they match only as a whole. */
const SHORTEST_TAIL = 7;

/** Whether two numbers, in whatever form the telephone wrote them, are the same line. */
export function sameNumber(a: string, b: string): boolean {
  const [left, right] = [userPart(a), userPart(b)];
  const [leftDigits, rightDigits] = [left, right].map((text) => text.replaceAll(/\D/gu, '').replace(/^0+/u, ''));
  if (leftDigits === undefined || rightDigits === undefined || leftDigits === '' || rightDigits === '') return left.toLowerCase() === right.toLowerCase();
  if (leftDigits === rightDigits) return true;
  const [short, long] = leftDigits.length < rightDigits.length ? [leftDigits, rightDigits] : [rightDigits, leftDigits];
  return short.length >= SHORTEST_TAIL && long.endsWith(short);
}
