import { diffWords } from 'diff';
import { useMemo, useState, type ReactNode } from 'react';
import { useLanguage, useT, type T } from '#renderer/messages/messages.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { isMeantFor, type Audience } from '#shared/domain/audience.ts';
import type { Targets } from '#shared/domain/common.ts';
import type { ChangeCounts, NewsChange } from '#shared/domain/news/release-news.ts';
import { KNOWLEDGE_KINDS } from '#shared/domain/knowledge.ts';
import { changeLines } from './change-lines.ts';
import css from './news.module.css';
import type { NewsState, ReleaseNews } from './news.store.ts';

/** Texts longer than this are shown whole, before and after: comparing them word by word would hold up the window. */
const COMPARED = 4_000;
/** Changes listed of one release before the rest is only counted. */
const LISTED = 60;

/** What releases changed: first since the last shift, then before. */
export function Changes({ state: news, audience }: { state: NewsState; /** What is meant for other teams or queues is not told here. */ audience: Audience }): ReactNode {
  const t = useT();
  const state = useMemo(() => (news.kind === 'ready' ? { ...news, releases: news.releases.map((release) => meantHere(release, audience)) } : news), [news, audience]);
  if (state.kind !== 'ready') return <p className={css['hint']}>{t('common.loading')}</p>;
  if (state.releases.length === 0) return <EmptyState title={t('news.no-releases')} />;
  const fresh = state.releases.filter(({ installedAt }) => installedAt > state.since);
  const earlier = state.releases.filter(({ installedAt }) => installedAt <= state.since);
  return (
    <div className={css['cards']}>
      <section aria-label={t('news.since-shift')}>
        <h3 className={css['heading']}>{t('news.since-shift')}</h3>
        {fresh.length === 0 ? <p className={css['hint']}>{t('news.no-changes')}</p> : fresh.map((one) => <Release key={one.id} release={one} />)}
      </section>
      {earlier.length === 0 ? null : (
        <section aria-label={t('news.earlier')}>
          <h3 className={css['heading']}>{t('news.earlier')}</h3>
          {earlier.map((one) => (
            <Release key={one.id} release={one} />
          ))}
        </section>
      )}
    </div>
  );
}

/** A release without the records that are meant for others, neither listed nor counted. */
function meantHere(release: ReleaseNews, audience: Audience): ReleaseNews {
  const others = release.changes.filter(({ before, after }) => ![after, before].some((json) => json === undefined || isMeantFor(JSON.parse(json) as { targets?: Targets }, audience)));
  if (others.length === 0) return release;
  const counts = structuredClone(release.counts);
  for (const { kind, what } of others) {
    const of = counts[kind];
    if (of !== undefined) of[what] = Math.max(0, of[what] - 1);
  }
  return { ...release, counts, changes: release.changes.filter((change) => !others.includes(change)) };
}

function Release({ release }: { release: ReleaseNews }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const at = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(release.installedAt);
  const total = KNOWLEDGE_KINDS.reduce((sum, kind) => sum + (release.counts[kind]?.added ?? 0), 0);
  const more = listedMore(release);
  return (
    <article className={css['release']} aria-label={t('news.release', { title: release.title, release: release.release })}>
      <h4 className={css['releaseTitle']}>
        {t('news.release', { title: release.title, release: release.release })} <span className={css['hint']}>{at}</span>
      </h4>
      {release.rollbackTo === undefined ? null : <p className={css['text']}>{t('news.release.rollback', { release: release.rollbackTo })}</p>}
      {release.note === '' ? null : <p className={css['text']}>{release.note}</p>}
      {release.first ? <p className={css['hint']}>{t('news.release.first', { count: total })}</p> : <Counts counts={release.counts} />}
      {release.changes.length === 0 ? null : (
        <ul className={css['changes']}>
          {release.changes.slice(0, LISTED).map((change) => (
            <Change key={`${change.kind} ${change.key}`} change={change} />
          ))}
        </ul>
      )}
      {more === 0 || release.first ? null : <p className={css['hint']}>{t('news.more', { count: more })}</p>}
    </article>
  );
}

function listedMore(release: ReleaseNews): number {
  const all = KNOWLEDGE_KINDS.reduce((sum, kind) => {
    const of = release.counts[kind];
    return sum + (of === undefined ? 0 : of.added + of.changed + of.removed);
  }, 0);
  return Math.max(0, all - Math.min(LISTED, release.changes.length));
}

function Counts({ counts }: { counts: ChangeCounts }): ReactNode {
  const t = useT();
  return (
    <ul className={css['counts']}>
      {KNOWLEDGE_KINDS.flatMap((kind) => {
        const of = counts[kind];
        return of === undefined
          ? []
          : [
              <li key={kind}>
                <b>{t(`news.kind.${kind}`)}</b> {said(of, t)}
              </li>,
            ];
      })}
    </ul>
  );
}

function said(of: NonNullable<ChangeCounts[keyof ChangeCounts]>, t: T): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((what) => (of[what] === 0 ? [] : [t(`news.${what}`, { count: of[what] })]));
  return parts.join(', ');
}

/** One record; what changed in it is shown when it is opened. */
function Change({ change }: { change: NewsChange }): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  const readable = change.what === 'changed' && change.before !== undefined && change.after !== undefined;
  const name = (
    <>
      <span className={css['what']} data-what={change.what}>
        {t(`news.what.${change.what}`)}
      </span>
      <span>{change.title}</span>
      <span className={css['hint']}>{t(`news.kind.${change.kind}`)}</span>
    </>
  );
  if (!readable) return <li className={css['change']}>{name}</li>;
  return (
    <li>
      <button type="button" className={css['change']} aria-expanded={open} aria-label={t('news.show', { title: change.title })} onClick={() => setOpen(!open)}>
        {name}
      </button>
      {open ? <Lines change={change} /> : null}
    </li>
  );
}

function Lines({ change }: { change: NewsChange }): ReactNode {
  const t = useT();
  const { lines, more } = changeLines(change, t, useLanguage());
  return (
    <>
      <dl className={css['lines']}>
        {lines.map((line) => (
          <div key={line.id} className={css['line']}>
            <dt>{line.part}</dt>
            <dd>
              <Compared before={line.before} after={line.after} />
            </dd>
          </div>
        ))}
      </dl>
      {more === 0 ? null : <p className={css['hint']}>{t('news.more', { count: more })}</p>}
    </>
  );
}

/** Before and after in one text where they share words; one after the other where they do not. */
function Compared({ before, after }: { before: string; after: string }): ReactNode {
  const t = useT();
  const parts = before !== '' && after !== '' && before.length + after.length < COMPARED ? diffWords(before, after) : undefined;
  if (parts?.some((part) => !part.added && !part.removed && part.value.trim().length > 3) === true) {
    return parts.map((part, at) => {
      const key = `${at} ${part.value}`;
      if (part.added) return <ins key={key}>{part.value}</ins>;
      if (part.removed) return <del key={key}>{part.value}</del>;
      return <span key={key}>{part.value}</span>;
    });
  }
  return (
    <>
      <span className={css['side']}>
        <span className={css['hint']}>{t('news.was')}</span> <del>{before === '' ? t('news.nothing') : before}</del>
      </span>
      <span className={css['side']}>
        <span className={css['hint']}>{t('news.is')}</span> <ins>{after === '' ? t('news.nothing') : after}</ins>
      </span>
    </>
  );
}
