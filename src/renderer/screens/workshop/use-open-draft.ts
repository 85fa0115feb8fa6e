import { useCallback } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { RequestOf } from '#shared/ipc/define.ts';

export type OpenDraft = (input: RequestOf<AppContract, 'authoring.open'>) => Promise<void>;

/** Starts a draft, or takes up the one that is there, and shows it. */
export function useOpenDraft(show: (id: string) => void): OpenDraft {
  const t = useT();
  const toast = useToast();
  const { client } = useDesk();
  return useCallback(
    async (input) => {
      const reply = await client.call('authoring.open', input);
      if (reply.ok) show(reply.draft.id);
      else toast({ tone: 'error', title: t(`workshop.problem.${reply.reason}` as MessageKey) });
    },
    [client, show, t, toast],
  );
}
