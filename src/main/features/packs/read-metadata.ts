import { z } from 'zod';

const version = z.int().min(1);
const key = z.object({ keyval: z.object({ public: z.string() }) });
const role = z.object({ keyids: z.array(z.string()), threshold: z.int().min(1) });
const file = z.object({ length: z.int().min(0), hashes: z.object({ sha256: z.string().optional() }) });

/** What Callside reads in the parts of metadata that are signed; the rest is the library's business. */
const SIGNED = {
  root: z.object({ _type: z.literal('root'), version, keys: z.record(z.string(), key), roles: z.record(z.string(), role) }),
  timestamp: z.object({ _type: z.literal('timestamp'), version, expires: z.string() }),
  snapshot: z.object({ _type: z.literal('snapshot'), version }),
  targets: z.object({ _type: z.literal('targets'), version, targets: z.record(z.string(), file), callside: z.unknown().optional() }),
} as const;
export type TargetFiles = z.infer<(typeof SIGNED)['targets']>;

/**
 * Reads metadata whose signatures were checked before, without the library of The Update Framework: that one takes a
 * tenth of a second to load, and the main process asks every few seconds who is trusted. Throws on anything else.
 */
export function readMetadata<R extends keyof typeof SIGNED>(kind: R, bytes: Uint8Array | undefined): z.infer<(typeof SIGNED)[R]> {
  const { signed } = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as { signed: unknown };
  return SIGNED[kind].parse(signed) as z.infer<(typeof SIGNED)[R]>;
}
