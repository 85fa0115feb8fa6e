const EXTERNAL_SCHEMES = new Set(['https:', 'tel:', 'sip:', 'mailto:']);

/** The address to hand to the system, or undefined when it is not one an agent may open. */
export function allowedExternal(address: string): string | undefined {
  if (address.length > 2_000) return undefined;
  try {
    const url = new URL(address);
    if (!EXTERNAL_SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return undefined;
    return url.href;
  } catch {
    return undefined;
  }
}
