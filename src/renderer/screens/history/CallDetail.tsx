import { IconPhone, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { DialButton } from '#renderer/features/telephony/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { useCopy } from '#renderer/screens/live-call/index.ts';
import { Button } from '#renderer/ui/Button.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { clockText } from '#shared/domain/calls/summary.ts';
import type { CallLine, CallView } from '#shared/ipc/calls.ts';
import css from './History.module.css';

type CallDetailProps = { callId: string; line: CallLine | undefined; onCallBack: (line: CallLine) => void; onClose: () => void };

/** One past call, whole, and what can be done with it. */
export function CallDetail({ callId, line, onCallBack, onClose }: CallDetailProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const copy = useCopy();
  const { client } = useDesk();
  const [call, setCall] = useState<CallView>();
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    let current = true;
    void client.call('calls.get', { callId }).then((reply) => current && setCall(reply.call), () => undefined);
    return () => {
      current = false;
    };
  }, [client, callId]);
  const erase = (): void => {
    setAsking(false);
    void client.call('calls.erase', { callId }).then(() => {
      toast({ tone: 'ok', title: t('history.erased') });
      onClose();
    });
  };
  if (call === undefined) return <Pane title={t('common.loading')}>{null}</Pane>;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
  return (
    <Pane
      title={call.name ?? call.number ?? t('call.unknown-caller')}
      toolbar={
        <>
          {call.number === undefined ? null : <DialButton client={client} number={call.number} />}
          <IconButton label={t('common.close')} icon={<IconX />} onClick={onClose} />
        </>
      }
      footer={
        <div className={css['tools']}>
          {line === undefined || call.number === undefined ? null : (
            <Button size="sm" variant="primary" icon={<IconPhone />} onClick={() => onCallBack(line)}>
              {t('history.call-back')}
            </Button>
          )}
          <Button size="sm" onClick={() => copy(call.summary === '' ? call.note.text : call.summary)}>
            {t('common.copy')}
          </Button>
          <Button size="sm" variant="quiet" icon={<IconTrash />} onClick={() => setAsking(true)}>
            {t('history.erase')}
          </Button>
        </div>
      }
    >
      <FactTable
        facts={[
          { id: 'when', label: t('history.when'), value: when.format(call.startedAt) },
          { id: 'way', label: t('follow-up.kind'), value: t(call.direction === 'in' ? 'history.in' : 'history.out') },
          ...(call.number === undefined ? [] : [{ id: 'number', label: t('call.number'), value: call.number, kind: 'code' as const }]),
          { id: 'outcome', label: t('history.outcome'), value: call.disposition === undefined ? t('history.unfinished') : `${call.disposition.group} › ${call.disposition.label}` },
          { id: 'talk', label: t('history.talk'), value: clockText(call.durations.talkMs + call.durations.holdMs) },
        ]}
      />
      <h3 className={css['heading']}>{t('history.summary')}</h3>
      <p className={css['text']}>{call.summary}</p>
      <h3 className={css['heading']}>{t('note.title')}</h3>
      <p className={css['text']}>{call.note.text}</p>
      <ConfirmDialog open={asking} onClose={() => setAsking(false)} onConfirm={erase} title={t('history.erase')} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('common.delete') }}>
        {t('history.erase-sure')}
      </ConfirmDialog>
    </Pane>
  );
}
