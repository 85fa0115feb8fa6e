/**
 * Check digit of a GTIN body (all digits but the last): weights 3 and 1 alternating from the right,
 * the same rule for EAN-8, UPC-A, EAN-13 and GTIN-14 (GS1 General Specifications, section 7.9).
 */
export function gtinCheckDigit(body: string): number {
  let sum = 0;
  for (const [at, digit] of body.split('').reverse().entries()) sum += Number(digit) * (at % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

/** Says what is wrong with a barcode of the demonstration catalogue, or undefined when it is right. */
export function barcodeProblem(barcode: string): string | undefined {
  if (!/^(\d{8}|\d{12}|\d{13})$/.test(barcode)) return 'must be 8, 12 or 13 digits';
  if (Number(barcode.slice(-1)) !== gtinCheckDigit(barcode.slice(0, -1))) return 'wrong check digit';
  // GTIN-13 02 and 20-29 (a UPC-A 2... is an EAN 02...) and GTIN-8 2 are kept by GS1 for use inside
  // one company, so no real product is ever named.
  const prefix = barcode.length === 13 ? /^0?2/ : /^2/;
  if (!prefix.test(barcode)) return 'must start with 2 (in-store range), as the catalogue is invented';
  return undefined;
}
