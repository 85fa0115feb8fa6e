import { describe } from 'vitest';
import { openNats } from '#main/features/channels/index.ts';
import { NATS_SERVER, startChannelServer } from '#test/helpers/nats-server.ts';
import { channelContract } from './contract.ts';

// Without a nats-server 2.11 or newer the suite shows as skipped, and `npm test` says what to install.
describe.skipIf(NATS_SERVER === undefined)('on a real server', () => {
  channelContract('NATS', async () => {
    const server = await startChannelServer();
    const open = () => openNats({ servers: [server.url], patienceMs: 3_000, reconnectMs: 100, jitterMs: 50 });
    return {
      open,
      place: async (name, bytes) => {
        const other = open();
        await other.write(name, bytes);
        await other.close();
      },
      vanish: () => server.kill(),
      comeBack: () => server.start(),
      cleanUp: () => server.cleanUp(),
    };
  });
});
