import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { KeyHint } from '#renderer/ui/KeyHint.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { CallView } from '#shared/ipc/calls.ts';
import css from './EarlierCalls.module.css';

export type EarlierCallsProps = {
  earlier: CallView['earlier'];
  /** Open promises to this caller, each a line. */
  promises: readonly { id: string; text: string }[];
};

const WHEN: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };

/** What this desk knows of a caller from before: the last call in one line, the rest behind a key. */
export function EarlierCalls({ earlier, promises }: EarlierCallsProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const id = useId();
  const [open, setOpen] = useState(false);
  const any = earlier.length > 0 || promises.length > 0;
  useHotkeys([{ id: 'earlier', keys: 'alt+a', label: t('call.earlier-key'), group: t('keys.group.call'), enabled: any, run: () => setOpen((on) => !on) }], { scope: 'earlier' });
  if (!any) return null;
  const [last] = earlier;
  const when = new Intl.DateTimeFormat(language, WHEN);
  const outcome = (call: (typeof earlier)[number]): string => call.disposition ?? t('history.unfinished');
  return (
    <section className={css['root']} aria-label={t('call.before')}>
      <button type="button" className={css['line']} aria-expanded={open} aria-controls={id} aria-keyshortcuts="Alt+A" onClick={() => setOpen((on) => !on)}>
        {open ? <IconChevronDown aria-hidden /> : <IconChevronRight aria-hidden />}
        <span className={css['words']}>
          {promises.length === 0 ? null : <strong className={css['promised']}>{t('call.promised', { count: promises.length })}</strong>}
          {last === undefined ? null : <span>{t('call.last', { when: when.format(last.startedAt), outcome: outcome(last) })}</span>}
        </span>
        <KeyHint keys="alt+a" decorative />
      </button>
      <div id={id} hidden={!open} className={css['list']}>
        {promises.map((promise) => (
          <p key={promise.id} className={css['promise']}>
            {promise.text}
          </p>
        ))}
        {earlier.map((call) => (
          <p key={call.id} className={css['call']}>
            <span className={css['when']}>
              {when.format(call.startedAt)} · {outcome(call)}
            </span>
            {call.excerpt === '' ? null : <span className={css['excerpt']}>{call.excerpt}</span>}
          </p>
        ))}
      </div>
    </section>
  );
}
