import { userPart } from './clean.ts';

/** Digits, plus, star and hash: all a dial string may hold. */
const DIALLABLE = /^\+?[\d*#]{2,32}$/;

/**
 * The address that lets the softphone of this machine call `number`, or undefined when it is not a
 * number (anonymous, a name). Letters never reach the address: what is shown may come from a caller.
 */
export function dialAddress(number: string, dial: { scheme: 'tel' | 'sip'; domain: string }): string | undefined {
  const digits = userPart(number).replaceAll(/[\s()./-]/g, '');
  if (!DIALLABLE.test(digits)) return undefined;
  const safe = digits.replaceAll('#', '%23');
  return dial.scheme === 'tel' ? `tel:${safe}` : `sip:${safe}${dial.domain === '' ? '' : `@${dial.domain}`}`;
}
