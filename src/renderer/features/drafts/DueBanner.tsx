import type { ReactNode } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { useDrafts, useNow, type Me } from './use-drafts.ts';

const APPROVED = ['approved'] as const;

/** Approved changes that should be out by now, on every page of the workshop. They go by themselves where a key that may publish is unlocked. */
export function DueBanner({ client, me, onOpen }: { client: Client; me: Me; onOpen: (id: string) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { list } = useDrafts(client, APPROVED, '');
  const now = useNow();
  const due = (list?.drafts ?? []).filter(({ publishAt, approvals, required }) => publishAt !== undefined && publishAt <= now && approvals >= required);
  const [first] = due.toSorted((a, b) => (a.publishAt ?? 0) - (b.publishAt ?? 0));
  if (first === undefined) return null;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(first.publishAt);
  return (
    <Banner tone="warn" live="status" title={t('due.title', { count: due.length, title: first.title, when })} action={<Button size="sm" onClick={() => onOpen(first.id)}>{t('due.open')}</Button>}>
      {t(!me.mayPublish ? 'review.due.approver' : me.unlocked ? 'review.due.now' : 'review.due.unlock')}
    </Banner>
  );
}
