import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { installRelease, openFolder, storedVersions } from '#main/features/channels/index.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { beginTrustChange, changesOf, checkChannel, createPublisher, inspectPack, installFacts, newSealedKey, NOTHING_STORED, openTrustStore, packVersions, Refused, rootName, sealedSigner, setUpTrust, signChanges, type PublishOutcome, type Signer, type TrustStore, type VerifiedRelease, type WantedChange } from '#main/features/packs/index.ts';
import { createSearchTables, openSearchIndex } from '#main/features/search/index.ts';
import { ensurePrivateFolder } from '#main/lib/paths.ts';
import { wordsIn } from '#main/lib/words.ts';
import { KNOWLEDGE_SCHEMAS, type KnowledgeKind, type PackLine } from '#shared/domain/knowledge.ts';
import { changeKey } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { refusalText } from '#shared/domain/packs/refusal-text.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { runChannel } from './channel.ts';
import { parseCommand, type Command } from './command-line.ts';
import type { ExitCode, Result } from './result.ts';

type Say = { out: (text: string) => void; language: string; passphrase: string | undefined; now: () => number };

/** Where the passphrase of a key comes from: never from the command line, which other programs can see. */
export const PASSPHRASE_ENV = 'CALLSIDE_PASSPHRASE';

/** Runs one command and returns the exit code. Writes one JSON line with `--json`, sentences otherwise. */
export async function runCommand(words: readonly string[], say: Say): Promise<ExitCode> {
  const parsed = parseCommand(words);
  const result: Result = parsed.ok ? await attempt(parsed.command, say) : { code: 2, json: { outcome: 'usage' }, text: usage(say) };
  say.out(parsed.json ? JSON.stringify(result.json) : result.text);
  return result.code;
}

async function attempt(command: Command, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  try {
    return await run(command, say);
  } catch (cause) {
    if (cause instanceof Refused) return refused(cause.refusal, say);
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    return { code: 3, json: { outcome: 'failed', error: String(cause.code) }, text: t('cli.failed', { code: String(cause.code) }) };
  }
}

function refused(refusal: PackRefusal, { language }: Say): Result {
  return { code: 1, json: { outcome: 'refused', ...refusal }, text: refusalText(wordsIn(language), refusal) };
}

/** The same in every language: these are words to type. */
const SYNTAX = [
  'callside pack inspect FILE',
  'callside pack verify FOLDER --fingerprint F',
  'callside pack install FOLDER --data-dir FOLDER [--fingerprint F]',
  'callside pack build FOLDER --from RECORDS.ndjson --kb NAME --key KEYFILE [--title T] [--note N] [--remove-missing]',
  'callside key create --name NAME --out KEYFILE',
  'callside channel user NAME --role desk|supervisor|admin|site --out SEEDFILE [--accounts ACCOUNTS.conf] [--prefix P]',
  'callside channel desk NAME --policy POLICY.json --out FOLDER [--ca CA.pem] [--accounts ACCOUNTS.conf]',
  'callside channel remove NAME --accounts ACCOUNTS.conf',
  'callside channel setup --policy POLICY.json [--replicas 3] [--mirror-of DOMAIN]',
  'callside channel check --policy POLICY.json | --desk FOLDER',
  'callside channel copy FOLDER --policy POLICY.json',
];

function usage({ language }: Say): string {
  return [...SYNTAX, wordsIn(language)('cli.usage', { name: PASSPHRASE_ENV })].join('\n');
}

function run(command: Command, say: Say): Promise<Result> | Result {
  switch (command.what) {
    case 'help':
      return { code: 0, json: { outcome: 'usage' }, text: usage(say) };
    case 'inspect':
      return inspect(command.file, say);
    case 'verify':
      return withTemp((dir) => verify(command, openTrustStore(dir), say));
    case 'install':
      return install(command, say);
    case 'build':
      return withTemp((dir) => build(command, openTrustStore(dir), say));
    case 'key-create':
      return createKey(command, say);
    default:
      return runChannel(command, say);
  }
}

async function withTemp<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'callside-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function inspect(file: string, { language }: Say): Promise<Result> {
  const found = await inspectPack(resolve(file));
  const { records, removed, kinds, kbs, signers } = found;
  return { code: 0, json: { outcome: 'inspected', verified: false, ...found }, text: wordsIn(language)('cli.inspected', { records, removed, kinds: Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`).join(', '), kb: kbs.join(', '), signers: signers.length }) };
}

const factsOf = ({ info, total, changed }: VerifiedRelease): Record<string, unknown> => ({ kb: info.kb, title: info.title, epoch: info.epoch, release: info.release, at: info.at, by: info.by, records: total, changed, counts: info.counts });

async function verify({ folder, fingerprint }: { folder: string; fingerprint: string }, store: TrustStore, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const source = openFolder({ root: resolve(folder) });
  const trusted = await setUpTrust(source, store, { fingerprint }, 'typed', say.now());
  if (trusted.outcome === 'mistyped') return { code: 2, json: { outcome: 'mistyped' }, text: t('trust.outcome.mistyped') };
  if (trusted.outcome === 'refused') return refused(trusted.refusal, say);
  const checked = await checkChannel(source, store, trusted.pin.kb, NOTHING_STORED, { now: say.now });
  if (checked.outcome === 'refused') return refused(checked.refusal, say);
  if (checked.outcome !== 'verified') return { code: 0, json: { outcome: 'nothing-published', kb: trusted.pin.kb }, text: t('trust.release.none') };
  const { info, total } = checked.release;
  return { code: 0, json: { outcome: 'verified', ...factsOf(checked.release) }, text: t('cli.verified', { title: info.title, release: info.release, records: total }) };
}

async function install({ folder, dataDir, fingerprint }: { folder: string; dataDir: string; fingerprint: string | undefined }, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const dir = resolve(dataDir);
  ensurePrivateFolder(dir);
  const source = openFolder({ root: resolve(folder) });
  const store = openTrustStore(join(dir, 'packs'));
  let kb: string | undefined;
  if (fingerprint === undefined) kb = store.pins()[0]?.kb;
  else {
    const trusted = await setUpTrust(source, store, { fingerprint }, 'typed', say.now());
    if (trusted.outcome === 'mistyped') return { code: 2, json: { outcome: 'mistyped' }, text: t('trust.outcome.mistyped') };
    if (trusted.outcome === 'refused') return refused(trusted.refusal, say);
    kb = trusted.pin.kb;
  }
  if (kb === undefined) return refused({ reason: 'no-trust-root', kb: folder.slice(-400) }, say);
  const db = openDatabase({ file: join(dir, 'knowledge.db'), kind: 'knowledge' });
  try {
    migrate(db, knowledgeMigrations);
    createSearchTables(db);
    const stored = storedVersions(db, kb);
    const checked = await checkChannel(source, store, kb, stored, { now: say.now });
    if (checked.outcome === 'refused') return refused(checked.refusal, say);
    if (checked.outcome !== 'verified') return { code: 0, json: { outcome: checked.outcome, kb }, text: t(checked.outcome === 'up-to-date' ? 'cli.up-to-date' : 'trust.release.none') };
    const parts = { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: say.now }), now: say.now };
    const done = await installRelease(parts, { ...installFacts(checked.release), order: 100 }, changesOf(checked.release, stored));
    store.prune(kb);
    const { info } = checked.release;
    return { code: 0, json: { outcome: 'installed', ...factsOf(checked.release), changed: done.changed }, text: t('cli.installed', { title: info.title, release: info.release, changed: done.changed }) };
  } finally {
    db.close();
  }
}

async function build(command: Extract<Command, { what: 'build' }>, store: TrustStore, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  const signer = await sealedSigner(readFileSync(resolve(command.key), 'utf8'), say.passphrase ?? '');
  if (signer === undefined) return { code: 1, json: { outcome: 'wrong-passphrase' }, text: t('cli.passphrase', { name: PASSPHRASE_ENV }) };
  const source = openFolder({ root: resolve(command.folder) });
  const publisher = createPublisher({ writer: source, store, now: say.now });
  const fingerprint = await begin(command, signer, store, publisher, source, say);
  if (typeof fingerprint !== 'string') return fingerprint;
  const live = await publisher.live(command.kb);
  if (live.outcome === 'refused') return refused(live.refusal, say);
  const { state } = live;
  const base = state.release === undefined ? undefined : await publisher.packOf(command.kb, state.release);
  if (base?.outcome === 'refused') return refused(base.refusal, say);
  const stored = await packVersions(base?.file);
  const wanted = changesFrom(readLines(command.from), stored, command.removeMissing);
  if (wanted.length === 0) return { code: 0, json: { outcome: 'unchanged', kb: command.kb, release: state.release ?? 0, fingerprint }, text: t('cli.up-to-date') };
  const changes = await signChanges({ kb: command.kb, epoch: state.policy.epoch, wanted, liveVersion: (key) => stored.get(key)?.ver ?? 0, by: signer, at: say.now() });
  const outcome = await publisher.publish({ kb: command.kb, changes, note: command.note, by: signer });
  if (outcome.outcome !== 'published') return unpublished(outcome, say);
  const release = outcome.release ?? 0;
  return { code: 0, json: { outcome: 'published', kb: command.kb, release, changed: wanted.length, fingerprint }, text: t('cli.published', { release, changed: wanted.length, fingerprint }) };
}

/** Sets the knowledge base up in an empty folder, or trusts the one that is there: whoever builds holds a key of it, so its root is taken as it lies there. */
async function begin({ kb, title }: { kb: string; title: string }, signer: Signer, store: TrustStore, publisher: ReturnType<typeof createPublisher>, source: ReturnType<typeof openFolder>, say: Say): Promise<string | Result> {
  const root = await source.read(rootName(1), PACK_LIMITS.rootBytes);
  if (root.state === 'found') {
    const trusted = await setUpTrust(source, store, { root: root.bytes }, 'typed', say.now());
    if (trusted.outcome === 'refused') return refused(trusted.refusal, say);
    if (trusted.outcome !== 'trusted') return refused({ reason: 'bad-metadata', file: rootName(1) }, say);
    return trusted.pin.kb === kb ? trusted.pin.fingerprint : refused({ reason: 'wrong-kb', expected: kb, found: trusted.pin.kb }, say);
  }
  if (root.state !== 'absent') return refused({ reason: 'unreadable', file: rootName(1) }, say);
  const card = { id: signer.id, publicKey: signer.publicKey, name: signer.name, roles: ['author' as const, 'approver' as const, 'owner' as const], createdAt: say.now() };
  const plan = { kb, title, epoch: 1, people: [card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  const made = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [signer], say.now()), title, signer);
  return made.outcome === 'published' ? (made.fingerprint ?? '') : unpublished(made, say);
}

function unpublished(outcome: PublishOutcome, say: Say): Result {
  const t = wordsIn(say.language);
  if (outcome.outcome === 'refused') return refused(outcome.refusal, say);
  if (outcome.outcome === 'channel') return { code: 3, json: outcome, text: t(`trust.channel.${outcome.state}`) };
  return { code: 1, json: outcome, text: t('trust.outcome.overtaken') };
}

/** Records as `{ "kind": …, "record": … }`, one to a line, as the starter pack and the exports have them. */
function readLines(file: string): PackLine[] {
  return readFileSync(resolve(file), 'utf8').split('\n').flatMap((text, at) => {
    if (text.trim() === '') return [];
    const bad = (detail: string): Refused => new Refused({ reason: 'bad-record', key: `#${at + 1}`, detail });
    let value: { kind?: unknown; record?: unknown };
    try {
      value = JSON.parse(text) as typeof value;
    } catch {
      throw bad('JSON');
    }
    if (typeof value.kind !== 'string' || !Object.hasOwn(KNOWLEDGE_SCHEMAS, value.kind)) throw bad('kind');
    const kind = value.kind as KnowledgeKind;
    const parsed = KNOWLEDGE_SCHEMAS[kind].safeParse(value.record);
    if (!parsed.success) throw bad((parsed.error.issues[0]?.path ?? []).join('.').slice(0, 400));
    return [{ kind, record: parsed.data } as PackLine];
  });
}

function changesFrom(lines: readonly PackLine[], stored: Awaited<ReturnType<typeof packVersions>>, removeMissing: boolean): WantedChange[] {
  const given = new Set(lines.map(changeKey));
  const put = lines.filter((line) => stored.get(changeKey(line))?.body !== JSON.stringify(line.record)).map((line): WantedChange => ({ line }));
  const gone = removeMissing ? [...stored].flatMap(([key, { body }]): WantedChange[] => (body === undefined || given.has(key) ? [] : [{ remove: key }])) : [];
  return [...put, ...gone];
}

async function createKey({ name, out }: { name: string; out: string }, say: Say): Promise<Result> {
  const t = wordsIn(say.language);
  if ((say.passphrase ?? '').length < 12) return { code: 2, json: { outcome: 'passphrase-too-short' }, text: t('cli.passphrase', { name: PASSPHRASE_ENV }) };
  const sealed = await newSealedKey(name, say.passphrase ?? '', say.now());
  writeFileSync(resolve(out), `${JSON.stringify(sealed, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return { code: 0, json: { outcome: 'created', id: sealed.id, file: resolve(out) }, text: t('cli.key-created', { file: resolve(out) }) };
}
