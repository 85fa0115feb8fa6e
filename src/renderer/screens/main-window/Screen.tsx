import type { ReactNode } from 'react';
import type { StartCall } from '#renderer/features/calls/index.ts';
import type { Side } from '#renderer/screens/live-call/index.ts';
import type { ScreenName } from '#shared/domain/settings.ts';
import type { CallView } from '#shared/ipc/calls.ts';

export type ScreenProps = { name: ScreenName; call: CallView | undefined; side: Side; start: (call: StartCall, script?: string) => void; idle: ReactNode; live: ReactNode };

/** The screen in front. */
export function Screen({ name, call, idle, live }: ScreenProps): ReactNode {
  if (name === 'live-call') return call === undefined ? idle : live;
  return null;
}
