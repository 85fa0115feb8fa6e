import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { natsNames } from '#main/features/channels/index.ts';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import { wordsIn } from '#main/lib/words.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { Command } from './command-line.ts';
import { readBroker } from './policy-file.ts';
import type { Result } from './result.ts';

export type Role = 'admin' | 'supervisor' | 'desk' | 'site';
type Say = { language: string };

export const PREFIX = 'callside';
/** The line of `deploy/nats/accounts.conf` that entries are put above. */
const MARKER = '# callside: entries are written above this line';
const INDENT = '      ';

const isUserName = (name: string): boolean => /^[\w-]{1,60}$/.test(name);
const newUser = (): { seed: string; nkey: string } => {
  const pair = nkeys.createUser();
  return { seed: new TextDecoder().decode(pair.getSeed()), nkey: pair.getPublicKey() };
};
/** Fails where the file exists: a secret in use is not overwritten by a slip. */
const writeSecret = (file: string, content: string): void => writeFileSync(file, `${content}\n`, { mode: 0o600, flag: 'wx' });

/** A new key for a user: its seed in a private file, its entry in the server's accounts or on the screen. */
export function makeUser({ name, role, out, prefix, accounts }: Extract<Command, { what: 'channel-user' }>, { language }: Say): Result {
  const t = wordsIn(language);
  if (!isUserName(name)) return { code: 2, json: { outcome: 'bad-name' }, text: t('cli.channel.bad-name') };
  if (accounts !== undefined && !takesEntries(accounts)) return noMarker(accounts, { language });
  const { seed, nkey } = newUser();
  // A site's server reads its seed from a file of its configuration.
  writeSecret(resolve(out), role === 'site' ? `nkey: "${seed}"` : seed);
  const entry = serverEntry(nkey, name, role, prefix ?? PREFIX);
  if (accounts !== undefined) writeEntry(accounts, name, `# ${role} ${name}\n${entry}`);
  const json = { outcome: 'created', name, role, nkey, file: resolve(out), entry, ...(accounts === undefined ? {} : { accounts: resolve(accounts) }) };
  return { code: 0, json, text: `${t('cli.channel.user', { file: resolve(out) })} ${entered(accounts, { language })}${accounts === undefined ? `\n\n${entry}` : ''}` };
}

/** Takes a user's entry out of the server's accounts. */
export function removeUser({ name, accounts }: Extract<Command, { what: 'channel-remove' }>, { language }: Say): Result {
  const t = wordsIn(language);
  if (!takesEntries(accounts)) return noMarker(accounts, { language });
  const removed = writeEntry(accounts, name, undefined);
  return { code: removed ? 0 : 1, json: { outcome: removed ? 'removed' : 'unknown', name }, text: t(removed ? 'cli.channel.removed' : 'cli.channel.not-there', { name }) };
}

/**
 * Everything a desk needs of a broker, in one folder: the policy with the desk's own user, its secret, and the
 * authority's certificate, under the names the policy has for them.
 */
export function makeDesk({ name, policy, ca, out, accounts }: Extract<Command, { what: 'channel-desk' }>, { language }: Say): Result {
  const t = wordsIn(language);
  if (!isUserName(name)) return { code: 2, json: { outcome: 'bad-name' }, text: t('cli.channel.bad-name') };
  if (accounts !== undefined && !takesEntries(accounts)) return noMarker(accounts, { language });
  const read = readBroker(policy, language);
  if (!read.ok) return read.result;
  const { channel } = read;
  if (channel.nkeyFile === undefined || (ca !== undefined && channel.caFile === undefined)) return { code: 2, json: { outcome: 'no-files' }, text: t('cli.channel.no-files') };
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { seed, nkey } = newUser();
  writeSecret(join(folder, basename(channel.nkeyFile)), seed);
  if (ca !== undefined && channel.caFile !== undefined) writeFileSync(join(folder, basename(channel.caFile)), readFileSync(resolve(ca)), { mode: 0o644 });
  writeFileSync(join(folder, 'policy.json'), `${JSON.stringify(forDesk(read.policy, name), null, 2)}\n`, { mode: 0o644 });
  const entry = serverEntry(nkey, name, 'desk', channel.prefix ?? PREFIX);
  if (accounts !== undefined) writeEntry(accounts, name, `# desk ${name}\n${entry}`);
  return { code: 0, json: { outcome: 'created', name, nkey, folder, entry }, text: `${t('cli.channel.desk', { folder })} ${entered(accounts, { language })}${accounts === undefined ? `\n\n${entry}` : ''}` };
}

function forDesk(policy: Policy, name: string): Policy {
  const channels = policy.knowledge?.channels?.map((one) => (one.type === 'nats' ? { ...one, user: name } : one));
  return { ...policy, knowledge: { ...policy.knowledge, ...(channels === undefined ? {} : { channels }) } };
}

/** The user's entry in the server's accounts: what it may publish and hear. */
export function serverEntry(nkey: string, name: string, role: Role, prefix: string): string {
  if (role === 'admin') return `{ nkey: ${nkey} }`;
  const names = natsNames(prefix, name);
  const info = (stream: string): string => `$JS.API.STREAM.INFO.${stream}`;
  const get = (stream: string): string => `$JS.API.DIRECT.GET.${stream}`;
  if (role === 'site') {
    const hub = '$JS.hub.API';
    const read = [names.changes, names.files].flatMap((stream) => [`${hub}.STREAM.INFO.${stream}`, `${hub}.CONSUMER.CREATE.${stream}`, `${hub}.CONSUMER.CREATE.${stream}.>`]);
    // To the site go what its mirrors ask for and answers, which have three parts as nothing else has: neither what other
    // desks write nor what the hub tells its own. A rule that denies these would also keep the site's receipts from the hub.
    return entryOf(nkey, [names.desksLive, ...read, '$JS.FC.>'], ['*.*.*', '$JS.M.>', '$JS.FC.>']);
  }
  const own = names.place('receipts/x').subject.replace('receipts.x', '>');
  const read = [info(names.changes), info(names.files), get(names.changes), `${get(names.changes)}.>`, `${get(names.files)}.>`];
  const publish = role === 'desk' ? [own, ...read, `${get(names.desks)}.${own}`] : [names.ofChanges, names.ofAllFiles, own, ...read, info(names.desks), `${get(names.desks)}.>`];
  const hear = [`_INBOX_${name}.>`, names.live, names.liveFiles, ...(role === 'supervisor' ? [names.desksLive] : [])];
  return entryOf(nkey, publish, hear);
}

function entryOf(nkey: string, publish: readonly string[], subscribe: readonly string[]): string {
  const list = (subjects: readonly string[]): string => subjects.map((subject) => `"${subject}"`).join(', ');
  return `{ nkey: ${nkey}, permissions: {\n  publish: { allow: [ ${list(publish)} ] }\n  subscribe: { allow: [ ${list(subscribe)} ] }\n} }`;
}

const takesEntries = (accounts: string): boolean => existsSync(resolve(accounts)) && readFileSync(resolve(accounts), 'utf8').includes(MARKER);

/** Puts an entry in the place of the user's former one, or takes that out. True when there was a former one. */
function writeEntry(accounts: string, name: string, entry: string | undefined): boolean {
  const file = resolve(accounts);
  const lines = readFileSync(file, 'utf8').split('\n');
  const first = lines.findIndex((line) => /^# (?:admin|supervisor|desk|site) ([\w-]+)$/.exec(line.trim())?.[1] === name);
  if (first >= 0) {
    const length = lines.slice(first).findIndex((line) => /^\} \}$|^\{ nkey: \w+ \}$/.test(line.trim())) + 1;
    lines.splice(first, Math.max(1, length));
  }
  if (entry !== undefined) lines.splice(lines.findIndex((line) => line.trim() === MARKER), 0, ...entry.split('\n').map((line) => `${INDENT}${line}`));
  const { mode } = statSync(file);
  writeFileAtomic(file, lines.join('\n'));
  // The server runs as a user of its own and goes on reading the file.
  chmodSync(file, mode);
  return first >= 0;
}

function noMarker(accounts: string, { language }: Say): Result {
  return { code: 3, json: { outcome: 'no-marker', file: resolve(accounts) }, text: wordsIn(language)('cli.channel.no-marker', { file: resolve(accounts), line: MARKER }) };
}

function entered(accounts: string | undefined, { language }: Say): string {
  const t = wordsIn(language);
  return accounts === undefined ? t('cli.channel.entry') : t('cli.channel.entered', { file: resolve(accounts) });
}
