type Next = () => number;
const pick = <T>(list: readonly T[], next: Next): T => list[Math.floor(next() * list.length)] as T;
const digits = (count: number, next: Next): string => [...Array(count).keys()].map(() => Math.floor(next() * 10)).join('');

function checkDigit(body: string): string {
  let sum = 0;
  for (const [index, char] of Array.from(body).toReversed().entries()) {
    const value = Number(char) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Network prefixes with the lengths their cards have, 13 to 19 digits. */
const KINDS: readonly (readonly [prefix: string, length: number])[] = [
  ['4', 16], ['4', 13], ['4', 19], ['51', 16], ['55', 16], ['2221', 16], ['2720', 16], ['34', 15], ['37', 15], ['300', 14], ['36', 14], ['38', 14],
  ['6011', 16], ['65', 17], ['3528', 16], ['3589', 16], ['62', 16], ['62', 18], ['62', 19], ['2200', 16], ['50', 16], ['57', 18], ['67', 19], ['60', 16],
];

export function cardNumber(next: Next): string {
  const [prefix, length] = pick(KINDS, next);
  const body = prefix + digits(length - prefix.length - 1, next);
  return body + checkDigit(body);
}

function inGroups(text: string, sizes: readonly number[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (let n = 0; at < text.length; n += 1) {
    const size = sizes[n] ?? sizes.at(-1) ?? 4;
    out.push(text.slice(at, at + size));
    at += size;
  }
  return out;
}

/** The ways people type or take down a card number. */
export function cardShapes(card: string, next: Next): string[] {
  const fours = inGroups(card, card.length === 15 ? [4, 6, 5] : card.length === 14 ? [4, 6, 4] : [4]);
  const dictated = inGroups(card, [...Array(19).keys()].map(() => 1 + Math.floor(next() * 4)));
  const half = Math.floor(card.length / 2);
  return [
    card,
    fours.join(' '),
    fours.join('-'),
    fours.join('.'),
    fours.join('\n'),
    fours.join(' - '),
    fours.join('\u00a0'),
    fours.join(', '),
    dictated.join(' '),
    dictated.join(', '),
    dictated.join(' then '),
    dictated.join('\n'),
    Array.from(card).join(' '),
    `${card.slice(0, half)}\n${card.slice(half)}`,
    `card ${card}`,
    `Visa: ${fours.join('  ')}`,
  ];
}

function ean13(next: Next): string {
  const body = pick(['400', '401', '426', '500', '501', '300', '337', '761', '800', '841', '690', '590', '871', '978', '20', '02', '73'], next);
  const full = body + digits(12 - body.length, next);
  const sum = Array.from(full).reduce((total, char, index) => total + Number(char) * (index % 2 === 0 ? 1 : 3), 0);
  return full + String((10 - (sum % 10)) % 10);
}

/** A plausible IMEI: type allocation codes start with 35 or 86, and the number passes Luhn's check. */
function imei(next: Next): string {
  const body = pick(['35', '86'], next) + digits(12, next);
  return body + checkDigit(body);
}

/** Numbers from notes that are no cards: order numbers, telephone numbers, article codes and the like. */
export function lookAlikes(next: Next): string[] {
  return [
    `order ${digits(10, next)} is late`,
    `order no. ${digits(12, next)}`,
    `Bestellung ${digits(8, next)}`,
    `ORD-${digits(6, next)}-${digits(4, next)}`,
    `${digits(3, next)}-${digits(7, next)}-${digits(7, next)}`,
    `+49 ${digits(3, next)} ${digits(8, next)}`,
    `+1 (${digits(3, next)}) ${digits(3, next)}-${digits(4, next)}`,
    `+44 7${digits(3, next)} ${digits(6, next)}`,
    `0${digits(3, next)} ${digits(7, next)}`,
    `0049${digits(10, next)}`,
    `call 0${digits(3, next)}/${digits(6, next)} or 0${digits(3, next)}/${digits(6, next)}`,
    ean13(next),
    `EAN ${ean13(next)}`,
    `article ${digits(8, next)} and ${digits(6, next)}`,
    `${ean13(next)} x 3`,
    `tracking ${digits(14, next)}`,
    `DHL 003404${digits(14, next)}`,
    `1Z${digits(8, next)}${digits(8, next)}`,
    `IMEI ${imei(next)}`,
    imei(next),
    `meter ${digits(10, next)} reads ${digits(6, next)}`,
    `2026-0${1 + Math.floor(next() * 9)}-1${Math.floor(next() * 10)} 14:30, then 2026-02-1${Math.floor(next() * 10)} 09:15`,
    `contract ${digits(9, next)}`,
    `19,99 + 20,00 + ${digits(2, next)},${digits(2, next)} = ${digits(3, next)},00`,
  ];
}
