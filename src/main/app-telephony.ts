import { randomUUID } from 'node:crypto';
import { app } from 'electron';
import { mentionsCall, parseArguments } from '#shared/domain/telephony/arguments.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import { handedOver } from './electron/hand-over.ts';
import type { Windows } from './electron/windows.ts';
import { createIntake, recordsOver, type Intake } from './features/telephony/index.ts';
import type { Logger } from './lib/logger.ts';
import type { Host } from './processes/host.ts';

export type TelephonyParts = { records: Host; windows: Windows; log: Logger; openMain: () => void };

/** Everything through which a telephone reaches this desk, tied to the records and the windows. */
export function startTelephony({ records, windows, log, openMain }: TelephonyParts): { intake: Intake } {
  const intake = createIntake({
    // The route's own contract types the reply; the records process answered it.
    records: recordsOver(async (route, input) => (await records.call(route, input, randomUUID())) as OutputOf<AppContract, typeof route>),
    now: Date.now,
    onReport: ({ outcome }) => {
      if (outcome === 'started') windows.popMain();
    },
    warn: (message, details) => log.warn(message, details),
  });
  const fromArguments = (argv: unknown): boolean => {
    const event = parseArguments(argv);
    return event !== undefined && intake.accept(event, 'arguments');
  };

  app.on('second-instance', (_event, argv, _directory, additional) => {
    const own = handedOver(argv, additional);
    if (windows.main() === undefined) openMain();
    if (!fromArguments(own) && !mentionsCall(own)) windows.focusMain();
  });
  fromArguments(process.argv.slice(1));
  return { intake };
}
