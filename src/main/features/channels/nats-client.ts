import { createRequire } from 'node:module';
import type * as client from '@nats-io/transport-node';

const load = createRequire(import.meta.url);
let loaded: typeof client | undefined;

/** The broker's client, loaded with the first channel that needs it: most desks have none, and it would delay every start. */
export function natsClient(): typeof client {
  return (loaded ??= load('@nats-io/transport-node') as typeof client);
}
