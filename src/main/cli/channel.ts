import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { digestOf, natsNames, natsPlace, openFolder, openLink, openPlace, natsOptions, provisionStreams, whyNoEntry, type ChangeSource, type ChannelPlace, type EntryProblem } from '#main/features/channels/index.ts';
import { TIMESTAMP } from '#main/features/packs/index.ts';
import { wordsIn } from '#main/lib/words.ts';
import { announceFolder, type Announced } from './channel-announce.ts';
import { makeDesk, makeUser, PREFIX, removeUser } from './channel-users.ts';
import type { Command } from './command-line.ts';
import { readBroker } from './policy-file.ts';
import type { Result } from './result.ts';

type ChannelCommand = Extract<Command, { what: `channel-${string}` }>;
type Say = { language: string };

const MOST_HEAD = 16 * 1024;
const MOST_FILE = 256 * 1024 * 1024;

/** Commands for whoever runs a broker: users, streams, a look along the whole path, and filling it from a folder. */
export function runChannel(command: ChannelCommand, say: Say): Promise<Result> | Result {
  switch (command.what) {
    case 'channel-user':
      return makeUser(command, say);
    case 'channel-remove':
      return removeUser(command, say);
    case 'channel-desk':
      return makeDesk(command, say);
    case 'channel-setup':
      return setUp(command, say);
    case 'channel-check':
      return check(command, say);
    case 'channel-copy':
      return copy(command, say);
  }
}

type BrokerPlace = Extract<ChannelPlace, { kind: 'nats' }>;
type Found = { ok: true; place: BrokerPlace } | { ok: false; result: Result };

/** The broker a policy file names first. Of a desk that is not set up yet, secrets lie in `folder` instead of where the policy will look for them. */
function brokerOf(file: string, { language }: Say, folder?: string): Found {
  const t = wordsIn(language);
  const read = readBroker(file, language);
  if (!read.ok) return read;
  const found = natsPlace(read.channel, folder === undefined ? undefined : (name) => readFileSync(join(folder, basename(name)), 'utf8'));
  if (!found.ok) return { ok: false, result: { code: 3, json: { outcome: 'unreadable', file: found.file }, text: t('cli.channel.unreadable', { file: found.file }) } };
  return found.place.kind === 'nats' ? { ok: true, place: found.place } : { ok: false, result: { code: 2, json: { outcome: 'no-broker' }, text: t('cli.channel.no-broker') } };
}

async function setUp({ policy, replicas, mirrorOf }: Extract<ChannelCommand, { what: 'channel-setup' }>, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const found = brokerOf(policy, say);
  if (!found.ok) return found.result;
  const link = openLink(natsOptions(found.place));
  try {
    if (!(await link.isUp())) return await away(found.place, say);
    const streams = await provisionStreams(link, natsNames(found.place.prefix ?? PREFIX, found.place.user ?? 'admin'), { replicas, ...(mirrorOf === undefined ? {} : { mirrorOf }) });
    const failed = streams.filter(({ state }) => state === 'failed');
    return { code: failed.length === 0 ? 0 : 1, json: { outcome: failed.length === 0 ? 'ready' : 'refused', streams }, text: streams.map(({ stream, state, detail }) => t(`cli.channel.stream.${state}`, { stream, detail: detail ?? '' })).join('\n') };
  } finally {
    await link.close();
  }
}

/** Everything a desk needs of a broker, tried in turn: getting in, reading, hearing, writing a receipt. */
async function check({ policy, desk }: Extract<ChannelCommand, { what: 'channel-check' }>, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const folder = desk === undefined ? undefined : resolve(desk);
  const found = brokerOf(folder === undefined ? policy : join(folder, 'policy.json'), say, folder);
  if (!found.ok) return found.result;
  const closed = await whyNoEntry(natsOptions(found.place));
  if (closed !== undefined) return refusedEntry(closed, found.place, say);
  const source = openPlace(found.place);
  try {
    const head = await source.read(TIMESTAMP, MOST_HEAD);
    const name = `presence/${(found.place.user ?? 'desk').replaceAll(/[^A-Za-z0-9._-]/g, '-')}.json`;
    const written = await source.write(name, new TextEncoder().encode(JSON.stringify({ at: Date.now() })));
    const position = await source.live?.position();
    const steps = [
      { step: 'connect', ok: true },
      { step: 'read', ok: head.state === 'found' || head.state === 'absent' },
      { step: 'published', ok: head.state === 'found' },
      { step: 'live', ok: position !== undefined },
      { step: 'receipt', ok: written.state === 'written' },
    ] as const;
    const good = steps.every(({ step, ok }) => ok || step === 'published');
    return { code: good ? 0 : 1, json: { outcome: good ? 'works' : 'refused', steps }, text: steps.map(({ step, ok }) => `${ok ? '✓' : '✗'} ${t(`cli.channel.step.${step}`)}`).join('\n') };
  } finally {
    await source.close();
  }
}

/** Publishes on a broker what lies in a folder, unchanged: signatures travel with it, so no key is needed. */
async function copy({ folder, policy }: Extract<ChannelCommand, { what: 'channel-copy' }>, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const found = brokerOf(policy, say);
  if (!found.ok) return found.result;
  const from = openFolder({ root: resolve(folder) });
  const to = openPlace(found.place);
  try {
    const head = await from.read(TIMESTAMP, MOST_HEAD);
    if (head.state !== 'found') return { code: 3, json: { outcome: 'nothing-published' }, text: t('trust.release.none') };
    if ((await to.state()).state === 'gone') return await away(found.place, say);
    const there = await to.read(TIMESTAMP, MOST_HEAD);
    const expected = there.state === 'found' ? digestOf(there.bytes) : undefined;
    if (expected === digestOf(head.bytes)) return { code: 0, json: { outcome: 'up-to-date', ...(await tell(from, to)) }, text: t('cli.up-to-date') };
    const files = await filesOf(from, to);
    const outcome = await to.publish({ files, head: { name: TIMESTAMP, bytes: head.bytes }, expected });
    if (outcome.state !== 'written') return { code: 1, json: { outcome: outcome.state }, text: t('cli.channel.not-copied', { why: outcome.state }) };
    const told = await tell(from, to);
    const lines = [t('cli.channel.copied', { files: files.length })];
    if (told.told === 'refused') lines.push(t('cli.channel.not-told.refused'));
    else if (told.told !== 'announced' && told.told !== 'nothing') lines.push(t('cli.channel.not-told.channel', { why: told.told }));
    return { code: 0, json: { outcome: 'copied', files: files.length, ...told }, text: lines.join('\n') };
  } finally {
    await from.close();
    await to.close();
  }
}

/** What was copied is told to desks, also what an earlier run copied and could not tell. The copy stands whatever comes of it. */
async function tell(from: ChangeSource, to: ChangeSource): Promise<{ told: Announced['state'] | 'failed'; records?: number }> {
  try {
    const outcome = await announceFolder(from, to, Date.now);
    return { told: outcome.state, ...(outcome.state === 'announced' ? { records: outcome.records } : {}) };
  } catch {
    return { told: 'failed' };
  }
}

/** Files of the folder that the broker does not have yet. Names hold a digest or a version, so a name that is there is the same file. */
async function filesOf(from: ChangeSource, to: ChangeSource): Promise<{ name: string; bytes: Uint8Array }[]> {
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const part of ['targets', 'metadata']) {
    const [mine, theirs] = await Promise.all([from.list(part), to.list(part)]);
    const had = new Set(theirs.state === 'listed' ? theirs.names : []);
    for (const name of mine.state === 'listed' ? mine.names : []) {
      if (`${part}/${name}` === TIMESTAMP || had.has(name)) continue;
      const found = await from.read(`${part}/${name}`, MOST_FILE);
      if (found.state === 'found') files.push({ name: `${part}/${name}`, bytes: found.bytes });
    }
  }
  return files;
}

/** The server cannot be used: one try more says why. */
async function away(place: BrokerPlace, say: Say): Promise<Result> {
  return refusedEntry((await whyNoEntry(natsOptions(place))) ?? { problem: 'unknown', detail: '' }, place, say);
}

function refusedEntry({ problem, detail }: { problem: EntryProblem; detail: string }, place: BrokerPlace, { language }: Say): Result {
  const t = wordsIn(language);
  const text = t(`cli.channel.entry.${problem}`, { server: place.servers.join(', '), user: place.user ?? '', detail });
  return { code: 3, json: { outcome: 'gone', problem, detail }, text: `✗ ${text}` };
}
