import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { digestOf, natsNames, natsPlace, openFolder, openLink, openPlace, provisionStreams, type ChangeSource, type ChannelPlace } from '#main/features/channels/index.ts';
import { wordsIn } from '#main/lib/words.ts';
import { policySchema } from '#shared/domain/policy.ts';
import type { Command } from './command-line.ts';
import type { Result } from './result.ts';

type ChannelCommand = Extract<Command, { what: `channel-${string}` }>;
type Say = { language: string };

const HEAD = 'metadata/timestamp.json';
const MOST_HEAD = 16 * 1024;
const MOST_FILE = 256 * 1024 * 1024;
const PREFIX = 'callside';

/** Commands for whoever runs a broker: users, streams, a look along the whole path, and filling it from a folder. */
export function runChannel(command: ChannelCommand, say: Say): Promise<Result> | Result {
  switch (command.what) {
    case 'channel-user':
      return makeUser(command, say);
    case 'channel-setup':
      return setUp(command, say);
    case 'channel-check':
      return check(command, say);
    case 'channel-copy':
      return copy(command, say);
  }
}

/** A new key for a user: its seed in a private file, its entry for the server's configuration on the screen. */
function makeUser({ name, role, out, prefix }: Extract<ChannelCommand, { what: 'channel-user' }>, { language }: Say): Result {
  const t = wordsIn(language);
  if (!/^[\w-]{1,60}$/.test(name)) return { code: 2, json: { outcome: 'bad-name' }, text: t('cli.channel.bad-name') };
  const pair = nkeys.createUser();
  writeFileSync(resolve(out), `${new TextDecoder().decode(pair.getSeed())}\n`, { mode: 0o600, flag: 'wx' });
  const nkey = pair.getPublicKey();
  const entry = serverEntry(nkey, name, role, prefix ?? PREFIX);
  return { code: 0, json: { outcome: 'created', name, role, nkey, file: resolve(out), entry }, text: `${t('cli.channel.user', { file: resolve(out) })}\n\n${entry}` };
}

/** The user's entry in the server's accounts: what it may publish and hear. `deploy/nats/accounts.conf` explains each line. */
export function serverEntry(nkey: string, name: string, role: 'admin' | 'supervisor' | 'desk', prefix: string): string {
  if (role === 'admin') return `{ nkey: ${nkey} }`;
  const names = natsNames(prefix, name);
  const own = names.place('receipts/x').subject.replace('receipts.x', '>');
  const info = (stream: string): string => `$JS.API.STREAM.INFO.${stream}`;
  const get = (stream: string): string => `$JS.API.DIRECT.GET.${stream}`;
  const read = [info(names.changes), info(names.files), get(names.changes), `${get(names.changes)}.>`, `${get(names.files)}.>`];
  const publish = role === 'desk' ? [own, ...read, `${get(names.desks)}.${own}`] : [names.ofChanges, names.ofAllFiles, own, ...read, info(names.desks), `${get(names.desks)}.>`];
  const hear = [`_INBOX_${name}.>`, names.live, names.liveFiles, ...(role === 'supervisor' ? [names.desksLive] : [])];
  const list = (subjects: readonly string[]): string => subjects.map((subject) => `"${subject}"`).join(', ');
  return `{ nkey: ${nkey}, permissions: {\n  publish: { allow: [ ${list(publish)} ] }\n  subscribe: { allow: [ ${list(hear)} ] }\n} }`;
}

type Found = { ok: true; place: Extract<ChannelPlace, { kind: 'nats' }> } | { ok: false; result: Result };

/** The broker a policy file names first. */
function brokerOf(file: string, { language }: Say): Found {
  const t = wordsIn(language);
  const parsed = policySchema.safeParse(JSON.parse(readFileSync(resolve(file), 'utf8')));
  const channel = parsed.success ? parsed.data.knowledge?.channels?.find((one) => one.type === 'nats') : undefined;
  if (channel?.type !== 'nats') return { ok: false, result: { code: 2, json: { outcome: 'no-broker' }, text: t('cli.channel.no-broker') } };
  const found = natsPlace(channel);
  if (!found.ok) return { ok: false, result: { code: 3, json: { outcome: 'unreadable', file: found.file }, text: t('cli.channel.unreadable', { file: found.file }) } };
  return found.place.kind === 'nats' ? { ok: true, place: found.place } : { ok: false, result: { code: 2, json: { outcome: 'no-broker' }, text: t('cli.channel.no-broker') } };
}

async function setUp({ policy, replicas }: Extract<ChannelCommand, { what: 'channel-setup' }>, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const found = brokerOf(policy, say);
  if (!found.ok) return found.result;
  const { kind: _kind, tls: _tls, ...place } = found.place;
  const link = openLink({ ...definedOf(place), servers: found.place.servers, ...(found.place.tls === undefined ? {} : { tls: definedOf(found.place.tls) }) });
  try {
    if (!(await link.isUp())) return away(say);
    const streams = await provisionStreams(link, natsNames(found.place.prefix ?? PREFIX, found.place.user ?? 'admin'), replicas);
    const failed = streams.filter(({ state }) => state === 'failed');
    return { code: failed.length === 0 ? 0 : 1, json: { outcome: failed.length === 0 ? 'ready' : 'refused', streams }, text: streams.map(({ stream, state, detail }) => t(`cli.channel.stream.${state}`, { stream, detail: detail ?? '' })).join('\n') };
  } finally {
    await link.close();
  }
}

/** Everything a desk needs of a broker, tried in turn: getting in, reading, hearing, writing a receipt. */
async function check({ policy }: Extract<ChannelCommand, { what: 'channel-check' }>, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const found = brokerOf(policy, say);
  if (!found.ok) return found.result;
  const source = openPlace(found.place);
  try {
    const state = await source.state();
    if (state.state === 'gone') return away(say);
    const head = await source.read(HEAD, MOST_HEAD);
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
    const head = await from.read(HEAD, MOST_HEAD);
    if (head.state !== 'found') return { code: 3, json: { outcome: 'nothing-published' }, text: t('trust.release.none') };
    if ((await to.state()).state === 'gone') return away(say);
    const there = await to.read(HEAD, MOST_HEAD);
    const expected = there.state === 'found' ? digestOf(there.bytes) : undefined;
    if (expected === digestOf(head.bytes)) return { code: 0, json: { outcome: 'up-to-date' }, text: t('cli.up-to-date') };
    const files = await filesOf(from, to);
    const outcome = await to.publish({ files, head: { name: HEAD, bytes: head.bytes }, expected });
    if (outcome.state !== 'written') return { code: 1, json: { outcome: outcome.state }, text: t('cli.channel.not-copied', { why: outcome.state }) };
    return { code: 0, json: { outcome: 'copied', files: files.length }, text: t('cli.channel.copied', { files: files.length }) };
  } finally {
    await from.close();
    await to.close();
  }
}

/** Files of the folder that the broker does not have yet. Names hold a digest or a version, so a name that is there is the same file. */
async function filesOf(from: ChangeSource, to: ChangeSource): Promise<{ name: string; bytes: Uint8Array }[]> {
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const part of ['targets', 'metadata']) {
    const [mine, theirs] = await Promise.all([from.list(part), to.list(part)]);
    const had = new Set(theirs.state === 'listed' ? theirs.names : []);
    for (const name of mine.state === 'listed' ? mine.names : []) {
      if (`${part}/${name}` === HEAD || had.has(name)) continue;
      const found = await from.read(`${part}/${name}`, MOST_FILE);
      if (found.state === 'found') files.push({ name: `${part}/${name}`, bytes: found.bytes });
    }
  }
  return files;
}

function away({ language }: Say): Result {
  return { code: 3, json: { outcome: 'gone' }, text: wordsIn(language)('cli.channel.gone') };
}

/** Without the members that are undefined: what is not said must not be passed on as "undefined". */
function definedOf<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
