import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import type { Lockable, PolicyView } from '#shared/domain/policy.ts';
import { presetName } from './presets.ts';
import { Section } from './Section.tsx';

/** For each setting that is locked: the sentence that says why; undefined while the agent may change it. */
export function useLocks(): (key: Lockable) => string | undefined {
  const t = useT();
  const { policy } = useDesk();
  const { locked, organisation } = useStore(policy);
  return (key) => (locked.includes(key) ? (organisation === undefined ? t('policy.locked') : t('policy.locked-of', { organisation })) : undefined);
}

/** What the organisation sets on this desk, in full: an agent may know every rule that holds for them. */
export function PolicySection(): ReactNode {
  const t = useT();
  const { policy, settings } = useDesk();
  const view = useStore(policy);
  const { breaks } = useStore(settings);
  if (view.state === 'none') return null;
  return (
    <Section title={view.organisation === undefined ? t('policy.title') : t('policy.title-of', { organisation: view.organisation })}>
      {view.problem === undefined ? null : (
        <Banner tone="warn" title={t(view.state === 'last-good' ? 'policy.last-good' : 'policy.refused', { problem: t(`policy.problem.${view.problem.kind}`, { where: view.problem.where }) })} />
      )}
      <FactTable facts={factsOf(view, breaks.minimum, t)} />
    </Section>
  );
}

type Facts = Parameters<typeof FactTable>[0]['facts'];

function factsOf(view: PolicyView, minimum: string, t: ReturnType<typeof useT>): Facts {
  return [
    { id: 'file', label: t('policy.file'), value: view.file, kind: 'code' as const },
    ...(view.locked.includes('breaks.minimum') ? [{ id: 'minimum', label: t('policy.minimum'), value: t(presetName(minimum)) }] : []),
    ...(view.maskNames.length > 0 ? [{ id: 'masked', label: t('policy.masked'), value: view.maskNames.join(', ') }] : []),
    ...(view.abuse === undefined ? [] : [{ id: 'abuse', label: t('policy.abuse'), value: t('policy.abuse-kinds', { count: view.abuse.categories.length }) }]),
    ...(view.tellsTelephone ? [{ id: 'telephone', label: t('policy.telephone'), value: t('policy.telephone-told') }] : []),
    ...(view.channels.length > 0 ? [{ id: 'channels', label: t('policy.channels'), value: view.channels.map(({ name }) => name).join(', ') }] : []),
    ...(view.approvals === undefined ? [] : [{ id: 'approvals', label: t('policy.approvals'), value: String(view.approvals) }]),
  ];
}
