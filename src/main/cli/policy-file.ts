import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NatsChannel } from '#main/features/channels/index.ts';
import { wordsIn } from '#main/lib/words.ts';
import { readPolicy, type Policy } from '#shared/domain/policy.ts';
import type { Result } from './result.ts';

type Broker = { ok: true; policy: Policy; channel: NatsChannel } | { ok: false; result: Result };

/** A policy file and the broker it names first; what is wrong with the file is said as the desk would say it. */
export function readBroker(file: string, language: string): Broker {
  const t = wordsIn(language);
  const read = readPolicy(readFileSync(resolve(file), 'utf8'));
  if (!read.ok) return { ok: false, result: { code: 2, json: { outcome: 'bad-policy', ...read.problem }, text: t(`policy.problem.${read.problem.kind}`, { where: read.problem.where }) } };
  const channel = read.policy.knowledge?.channels?.find((one) => one.type === 'nats');
  if (channel?.type !== 'nats') return { ok: false, result: { code: 2, json: { outcome: 'no-broker' }, text: t('cli.channel.no-broker') } };
  return { ok: true, policy: read.policy, channel };
}
