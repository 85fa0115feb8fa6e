import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { FactTable, type Fact } from '#renderer/ui/FactTable.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { refusalText } from '#shared/domain/packs/refusal-text.ts';
import type { CheckedStep } from '#shared/domain/channel-check.ts';
import type { ChannelView, LiveView } from '#shared/ipc/delivery.ts';
import css from './Channels.module.css';
import { CheckSteps } from './CheckSteps.tsx';
import type { ChannelsStore } from './channels.store.ts';

type Props = { channel: ChannelView; actions: ChannelsStore['actions'] };

type ServerWord = 'needs-trust' | 'empty' | 'gone' | 'busy';
/** States of which a server is spoken of in other words than a folder. */
const SERVER_WORDS: ReadonlySet<string> = new Set(['needs-trust', 'empty', 'gone', 'busy']);
const TONES = { refused: 'warn', 'install-failed': 'warn', 'needs-trust': 'info', 'up-to-date': 'ok' } as const;

/** One channel: how it is in a sentence, what is in use, and what can be done. */
export function ChannelCard({ channel, actions }: Props): ReactNode {
  const t = useT();
  const toast = useToast();
  const [forgetting, setForgetting] = useState(false);
  const [trying, setTrying] = useState(false);
  const [steps, setSteps] = useState<readonly CheckedStep[]>();
  const { id, kb } = channel;
  const failed = (): void => toast({ tone: 'error', title: t('common.failed') });
  const forget = (): void => {
    setForgetting(false);
    if (kb !== undefined) actions.forget(kb).catch(failed);
  };
  const attempt = (): void => {
    setTrying(true);
    void actions.tryServer({ id }).then((found) => setSteps(found ?? undefined), failed).finally(() => setTrying(false));
  };
  const alarmed = channel.live?.alarm !== undefined;
  return (
    <Card
      title={channel.name}
      {...(channel.by === 'policy' ? { meta: t('channels.by-policy') } : {})}
      tone={alarmed ? 'warn' : channel.health in TONES ? TONES[channel.health as keyof typeof TONES] : 'plain'}
      footer={
        <div className={css['tools']}>
          <Button size="sm" busy={channel.health === 'checking'} onClick={() => void actions.check(id).catch(failed)}>
            {t('channels.check')}
          </Button>
          {channel.kind === 'folder' ? null : (
            <Button size="sm" busy={trying} onClick={attempt}>
              {t(steps === undefined ? 'servers.try' : 'servers.try-again')}
            </Button>
          )}
          {channel.by === 'policy' ? null : (
            <Button size="sm" variant="quiet" onClick={() => void actions.remove(id).then(() => toast({ tone: 'ok', title: t('channels.removed') }), failed)}>
              {t('channels.remove')}
            </Button>
          )}
          {kb === undefined ? null : (
            <Button size="sm" variant="quiet" onClick={() => setForgetting(true)}>
              {t('channels.forget')}
            </Button>
          )}
        </div>
      }
    >
      <Health channel={channel} />
      {channel.health === 'needs-trust' ? <TrustForm channel={channel} actions={actions} /> : null}
      <Facts channel={channel} />
      {steps === undefined ? null : <CheckSteps steps={steps} />}
      <ConfirmDialog open={forgetting} onClose={() => setForgetting(false)} onConfirm={forget} title={t('channels.forget')} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('channels.forget') }}>
        {t('channels.forget.sure', { title: channel.title ?? channel.name })}
      </ConfirmDialog>
    </Card>
  );
}

function Health({ channel }: { channel: ChannelView }): ReactNode {
  const t = useT();
  const at = useMoment();
  const release = channel.waiting ?? channel.release ?? 0;
  // A head heard since vouches for as much as a release does.
  const expires = Math.max(channel.expires ?? 0, channel.live?.expires ?? 0);
  const old = expires > 0 && expires < Date.now();
  return (
    <div className={css['health']} role="status">
      <p>{t(channel.kind === 'nats' && SERVER_WORDS.has(channel.health) ? `channels.health.${channel.health as ServerWord}.nats` : `channels.health.${channel.health}`, { release })}</p>
      {channel.refusal === undefined ? null : <p>{refusalText((key, values) => t(key, values), channel.refusal)}</p>}
      {old ? <p>{t('channels.may-be-old', { at: at(expires) })}</p> : null}
      {channel.live === undefined ? null : <Live live={channel.live} />}
    </div>
  );
}

/** What is wrong with single changes, where something is. */
function Live({ live }: { live: LiveView }): ReactNode {
  const t = useT();
  const hours = Math.round(Math.abs(live.clock ?? 0) / 3_600_000);
  return (
    <>
      {live.alarm === undefined ? null : <p>{t(`channels.alarm.${live.alarm}`)}</p>}
      {live.refused === 0 ? null : <p>{t('channels.live.refused', { count: live.refused })}</p>}
      {live.clock === undefined ? null : <p>{t(live.clock > 0 ? 'channels.live.clock.ahead' : 'channels.live.clock.behind', { hours })}</p>}
    </>
  );
}

function Facts({ channel }: { channel: ChannelView }): ReactNode {
  const t = useT();
  const at = useMoment();
  const liveText = ({ phase, waiting, head }: LiveView): string => [t(`channels.live.${phase}`, { count: waiting }), ...(head === undefined ? [] : [t('channels.live.complete', { release: head.ver, at: at(head.at) })])].join(' ');
  const facts: Fact[] = [
    { id: 'place', label: t(channel.kind === 'nats' ? 'channels.server' : 'channels.place'), value: channel.place, kind: 'code' },
    ...(channel.user === undefined ? [] : [{ id: 'user', label: t('channels.signs-in'), value: channel.user, kind: 'code' as const }]),
    ...(channel.title === undefined ? [] : [{ id: 'kb', label: t('channels.knowledge'), value: channel.title }]),
    ...(channel.kb === undefined
      ? []
      : [{ id: 'release', label: t('channels.release'), value: channel.release === undefined || channel.installedAt === undefined ? t('channels.release.none') : t('channels.release.value', { release: channel.release, at: at(channel.installedAt) }) }]),
    ...(channel.live === undefined ? [] : [{ id: 'live', label: t('channels.live'), value: liveText(channel.live) }]),
    { id: 'checked', label: t('channels.checked'), value: channel.checkedAt === undefined ? t('channels.never') : at(channel.checkedAt) },
    ...(channel.fingerprint === undefined ? [] : [{ id: 'fingerprint', label: t('channels.fingerprint'), value: channel.fingerprint, kind: 'code' as const }]),
    ...(channel.kb === undefined || channel.writable === undefined ? [] : [{ id: 'receipts', label: t('channels.receipts'), value: t(channel.writable ? 'channels.receipts.yes' : 'channels.receipts.no') }]),
  ];
  return <FactTable facts={facts} label={channel.name} />;
}

/** Day and time as people of the desk's language write them. */
function useMoment(): (at: number) => string {
  const format = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'medium', timeStyle: 'short' });
  return (at) => format.format(at);
}

/** Whom to trust, typed from paper or heard on the telephone. */
function TrustForm({ channel: { id, kind }, actions }: Props): ReactNode {
  const t = useT();
  const toast = useToast();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const trust = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const result = await actions.trust(id, typed);
      if (result.outcome === 'trusted') toast({ tone: 'ok', title: t('channels.trust.done', { title: result.title }) });
      else if (result.outcome === 'refused') setProblem(refusalText((key, values) => t(key, values), result.refusal));
      else setProblem(t(result.outcome === 'gone' && kind === 'nats' ? 'channels.trust.gone.nats' : `channels.trust.${result.outcome}`));
    } catch {
      setProblem(t('common.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={css['trust']}
      onSubmit={(event) => {
        event.preventDefault();
        void trust();
      }}
    >
      <TextField label={t('channels.trust.label')} hint={t(kind === 'nats' ? 'channels.trust.hint.nats' : 'channels.trust.hint')} value={typed} onValueChange={setTyped} error={problem} code maxLength={60} />
      <div>
        <Button type="submit" size="sm" variant="primary" busy={busy} disabled={typed.trim() === ''}>
          {t('channels.trust.do')}
        </Button>
      </div>
    </form>
  );
}
