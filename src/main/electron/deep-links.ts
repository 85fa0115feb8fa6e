import { app } from 'electron';
import { CALL_SCHEME } from '#shared/domain/telephony/arguments.ts';

/** `callside:` addresses as macOS hands them over; elsewhere they come as arguments of a second start. */
export type OpenedLinks = { listen(take: (address: string) => void): void };

/** Must run before the app is ready: the address that started the app comes early. */
export function collectOpenedLinks(): OpenedLinks {
  const early: string[] = [];
  let take = (address: string): void => {
    if (early.length < 20) early.push(address);
  };
  app.on('open-url', (event, address) => {
    event.preventDefault();
    take(address);
  });
  return {
    listen: (next) => {
      take = next;
      for (const address of early.splice(0)) next(address);
    },
  };
}

/**
 * Asks the system to hand `callside:` addresses to this program. Only an installed program does:
 * a copy under development would leave its own path behind in the system.
 */
export function claimLinks(): boolean {
  return app.isPackaged && app.setAsDefaultProtocolClient(CALL_SCHEME);
}
