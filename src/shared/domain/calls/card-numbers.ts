/** A payment network's number ranges (ISO/IEC 7812 issuer prefixes as the networks publish them). */
type Network = { readonly prefixes: readonly (readonly [from: number, to: number])[]; readonly lengths: readonly number[] };

/** Prefixes are compared on as many digits as their bounds have. */
const NETWORKS: readonly Network[] = [
  { prefixes: [[4, 4]], lengths: [13, 16, 19] }, // Visa
  { prefixes: [[51, 55], [2221, 2720]], lengths: [16] }, // Mastercard
  { prefixes: [[34, 34], [37, 37]], lengths: [15] }, // American Express
  { prefixes: [[300, 305], [3095, 3095], [36, 36], [38, 39]], lengths: [14, 16, 17, 18, 19] }, // Diners Club
  { prefixes: [[6011, 6011], [644, 649], [65, 65]], lengths: [16, 17, 18, 19] }, // Discover
  { prefixes: [[3528, 3589]], lengths: [16, 17, 18, 19] }, // JCB
  { prefixes: [[62, 62], [81, 81]], lengths: [16, 17, 18, 19] }, // UnionPay
  { prefixes: [[2200, 2204]], lengths: [16, 17, 18, 19] }, // Mir
  { prefixes: [[60, 60], [82, 82], [508, 508]], lengths: [16] }, // RuPay
  { prefixes: [[50, 50], [56, 58], [63, 63], [67, 67]], lengths: [16, 18, 19] }, // Maestro
];

/** Card numbers have this many digits at least and at most (ISO/IEC 7812). */
export const SHORTEST_CARD = 13;
export const LONGEST_CARD = 19;

function hasPrefix(digits: string, [from, to]: readonly [number, number]): boolean {
  const size = String(from).length;
  if (digits.length < size) return false;
  const head = Number(digits.slice(0, size));
  return head >= from && head <= to;
}

/** The lengths a card starting like this can have; empty when no network uses the prefix. */
export function cardLengths(digits: string): readonly number[] {
  return NETWORKS.filter((network) => network.prefixes.some((range) => hasPrefix(digits, range))).flatMap((network) => network.lengths);
}

/** Luhn's check (ISO/IEC 7812-1 annex B). `digits` holds ASCII digits only. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const value = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? value : value * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}
