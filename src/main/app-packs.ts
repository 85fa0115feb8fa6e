import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeySchema, type HeldKey, type PublicKey } from '#shared/domain/packs/keys.ts';
import type { AppContract, RouteName } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { TrustOutcome } from '#shared/ipc/keys.ts';
import type { Translate } from '#shared/messages/translator.ts';
import type { MessageKey } from '#shared/messages/catalogue.ts';
import { channelOfPlace, placeOfChannel } from './app-live.ts';
import { writeFileAtomic } from './lib/atomic-file.ts';
import type * as packs from './features/packs/index.ts';
import type { KeyVault, RepositoryWriter, Signer, TrustDesk, TrustDone, TrustStore, Wrapper } from './features/packs/index.ts';

type PacksRoutes = Extract<RouteName, `keys.${string}` | `trust.${string}`>;

export type PacksParts = {
  dataDir: string;
  wrapper: () => Wrapper | undefined;
  openFolder: (folder: string) => RepositoryWriter;
  /** Does what would hold up windows. */
  work: packs.PackWork;
  /** What publishing to a place needs besides writing files. */
  publishing: (folder: string, store: TrustStore) => Pick<packs.PublisherParts, 'recordLimit' | 'published'>;
  /** Channels of this desk that can be published to without a folder. */
  brokers: () => { id: string; name: string }[];
  askFile: (title: string) => Promise<string | undefined>;
  askTarget: (name: string) => Promise<string | undefined>;
  askFolder: (title: string) => Promise<string | undefined>;
  print: (html: string, as: 'print' | 'pdf') => Promise<{ outcome: 'done'; pdf?: Uint8Array } | { outcome: 'cancelled' | 'no-printer' }>;
  words: () => Translate<MessageKey>;
  language: () => string;
  changed: () => void;
  /** This desk writes to a folder now, so it reads from there, too. */
  placed: (place: { kb: string; folder: string }) => void;
  warn: (message: string, details: Record<string, unknown>) => void;
};

type Ready = { vault: KeyVault; store: TrustStore; desk: TrustDesk; feature: typeof packs };

/** Largest key, card or change file read, bytes. */
const MOST_FILE = 4_000_000;

/**
 * Keys and trust of this desk. The feature and its libraries are loaded when they are first asked for:
 * most desks hold no key.
 */
export function createPacks(parts: PacksParts) {
  let loading: Promise<Ready> | undefined;
  let ready: Ready | undefined;
  const load = (): Promise<Ready> =>
    (loading ??= import('./features/packs/index.ts').then((feature) => {
      const vault = feature.openKeyVault({ dir: join(parts.dataDir, 'keys'), wrapper: parts.wrapper(), now: Date.now });
      const store = feature.openTrustStore(join(parts.dataDir, 'packs'));
      const desk = feature.createTrustDesk({ file: join(parts.dataDir, 'publishing.json'), vault, store, open: parts.openFolder, work: parts.work, more: (folder) => parts.publishing(folder, store), now: Date.now, placed: parts.placed });
      ready = { vault, store, desk, feature };
      return ready;
    }));

  const readText = (file: string): string | undefined => {
    try {
      return statSync(file).size > MOST_FILE ? undefined : readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  };
  /** Saves a file for the other owners where a change needs them. */
  const told = async (outcome: TrustDone): Promise<TrustOutcome> => {
    parts.changed();
    if (outcome.outcome !== 'needs-owners') return outcome;
    const target = await parts.askTarget(`${parts.words()('trust.change-file')}.json`);
    if (target === undefined) return { outcome: 'cancelled' };
    writeFileAtomic(target, outcome.file);
    return { outcome: 'needs-owners', missing: outcome.missing };
  };
  const save = async (name: string, text: string): Promise<'saved' | 'cancelled'> => {
    const target = await parts.askTarget(name);
    if (target === undefined) return 'cancelled';
    writeFileAtomic(target, text);
    return 'saved';
  };
  /** On paper, or as a file chosen now. */
  const paper = async (html: string, as: 'print' | 'pdf', name: string): Promise<'done' | 'cancelled' | 'no-printer'> => {
    const target = as === 'pdf' ? await parts.askTarget(name) : '';
    if (target === undefined) return 'cancelled';
    const printed = await parts.print(html, as);
    if (printed.outcome === 'done' && printed.pdf !== undefined) writeFileAtomic(target, printed.pdf);
    return printed.outcome;
  };
  const fileName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40).toLowerCase();

  /** Where to publish: one of the desk's channels, or a folder chosen now. */
  const askPlace = (channel: string | undefined): Promise<string | undefined> => (channel === undefined ? parts.askFolder(parts.words()('trust.choose-folder')) : Promise.resolve(placeOfChannel(channel)));
  const placeName = (folder: string): string => {
    const channel = channelOfPlace(folder);
    return channel === undefined ? folder : (parts.brokers().find(({ id }) => id === channel)?.name ?? channel);
  };

  const renew = async ({ desk }: Ready): Promise<void> => {
    await desk.refresh();
    if (desk.isDue()) await desk.confirm();
    parts.changed();
  };

  const handlers: Pick<Handlers<AppContract, 'main'>, PacksRoutes> = {
    'keys.list': async () => ({ keys: (await load()).vault.list(), store: parts.wrapper()?.name ?? null }),
    'keys.create': async ({ name, roles, passphrase }) => {
      const key = await (await load()).vault.create(name, roles, passphrase);
      parts.changed();
      return key;
    },
    'keys.unlock': async ({ id, passphrase }) => {
      const now = await load();
      const outcome = await now.vault.unlock(id, passphrase);
      if (outcome === 'unlocked') renew(now).catch((cause: unknown) => parts.warn('the time stamp could not be renewed', { error: String(cause) }));
      parts.changed();
      return { outcome };
    },
    'keys.lock': async ({ id }) => {
      (await load()).vault.lock(id);
      parts.changed();
      return {};
    },
    'keys.export': async ({ id }) => {
      const { vault } = await load();
      const made = vault.exportFile(id);
      if (made.outcome !== 'exported') return { outcome: made.outcome };
      return { outcome: await save(`${fileName(vault.card(id)?.name ?? 'key')}.callside-key.json`, made.text) };
    },
    'keys.share': async ({ id }) => {
      const card = (await load()).vault.card(id);
      if (card === undefined) return { outcome: 'unknown-key' };
      return { outcome: await save(`${fileName(card.name)}.callside-public.json`, `${JSON.stringify(card, null, 2)}\n`) };
    },
    'keys.import': async ({ passphrase }) => {
      const { vault } = await load();
      const file = await parts.askFile(parts.words()('keyring.import'));
      if (file === undefined) return { outcome: 'cancelled' };
      const { outcome } = await vault.importFile(readText(file) ?? '', passphrase);
      parts.changed();
      return { outcome };
    },
    'keys.sheet': async ({ id, passphrase, as }) => {
      const { vault, feature } = await load();
      const found = await vault.recoveryWords(id, passphrase);
      if (found.outcome !== 'ready') return { outcome: found.outcome };
      const t = parts.words();
      const html = feature.recoverySheet(found.key, found.words, {
        title: t('keyring.sheet.title'), holder: t('keyring.sheet.holder'), key: t('keyring.sheet.key'), made: t('keyring.sheet.made'), what: t('keyring.sheet.what'), how: t('keyring.sheet.how'), secret: t('keyring.sheet.secret'),
        date: new Intl.DateTimeFormat(parts.language(), { dateStyle: 'long' }).format(found.key.createdAt),
      });
      return { outcome: await paper(html, as, `${fileName(found.key.name)}-recovery.pdf`) };
    },
    'keys.restore': async ({ sheet, name, roles, passphrase }) => {
      const { outcome } = await (await load()).vault.restore(sheet, name, roles, passphrase);
      parts.changed();
      return { outcome };
    },
    'keys.remove': async ({ id }) => {
      (await load()).vault.remove(id);
      parts.changed();
      return {};
    },
    'trust.state': async () => {
      const { desk } = await load();
      const asked = await desk.refresh();
      const facts = desk.facts();
      const refusal = asked.outcome === 'refused' ? asked.refusal : null;
      const brokers = parts.brokers();
      if (facts === undefined) return { base: null, refusal, brokers };
      const { place, fingerprint, policy, owners, ownersNeeded, release, expires } = facts;
      const required = policy.rules.find(({ prefix }) => prefix === '')?.threshold ?? 1;
      return { base: { kb: place.kb, title: policy.title, folder: placeName(place.folder), fingerprint, people: policy.keys, revoked: policy.revoked, required, owners, ownersNeeded, release, expires }, refusal, brokers };
    },
    'trust.sheet': async ({ as }) => {
      const { desk, feature } = await load();
      const facts = desk.facts();
      if (facts === undefined) return { outcome: 'damaged' };
      const t = parts.words();
      const { title } = facts.policy;
      const html = feature.trustSheet(title, facts.fingerprint, { title: t('trust.sheet.title'), base: t('trust.sheet.base'), what: t('trust.sheet.what'), fingerprint: t('trust.fingerprint'), scan: t('trust.sheet.scan'), how: t('trust.sheet.how') });
      return { outcome: await paper(html, as, `${fileName(title)}-fingerprint.pdf`) };
    },
    'trust.create': async ({ kb, title, key, channel }) => {
      const { desk } = await load();
      const folder = await askPlace(channel);
      return folder === undefined ? { outcome: 'cancelled' } : told(await desk.create({ kb, title, key, folder }));
    },
    'trust.join': async ({ fingerprint, channel }) => {
      const { desk } = await load();
      const folder = await askPlace(channel);
      return folder === undefined ? { outcome: 'cancelled' } : told(await desk.join(folder, fingerprint));
    },
    'trust.read-card': async () => {
      const file = await parts.askFile(parts.words()('trust.add-person'));
      if (file === undefined) return { card: null, outcome: 'cancelled' };
      const card = parseCard(readText(file));
      return card === undefined ? { card: null, outcome: 'not-a-file' } : { card, outcome: 'read' };
    },
    'trust.change': async (wanted) => told(await (await load()).desk.change(wanted)),
    'trust.agree': async () => {
      const { desk } = await load();
      const file = await parts.askFile(parts.words()('trust.agree'));
      return file === undefined ? { outcome: 'cancelled' } : told(await desk.agree(readText(file) ?? ''));
    },
    'trust.confirm': async () => told(await (await load()).desk.confirm()),
  };

  return {
    handlers,
    /** Reads keys and trust once the window stands, where there are any. */
    start: (): void => {
      if (existsSync(join(parts.dataDir, 'keys')) || existsSync(join(parts.dataDir, 'publishing.json'))) void load().then(parts.changed, (cause: unknown) => parts.warn('keys could not be read', { error: String(cause) }));
    },
    /** The knowledge base this desk writes for; nothing before keys and trust were read. */
    desk: {
      publishing: () => ready?.desk.publishing(),
      facts: () => ready?.desk.facts(),
      signer: (role: 'author' | 'approver') => ready?.desk.signer(role),
    },
    /** What this desk trusts; nothing before it was read. */
    store: (): TrustStore | undefined => ready?.store,
    place: () => ready?.desk.place(),
    keys: (): readonly HeldKey[] => ready?.vault.list() ?? [],
    /** An unlocked key of somebody desks trust, for answers to agents. */
    replySigner: (): { signer: Signer; name: string } | undefined => {
      const signer = ready?.desk.signer('approver') ?? ready?.desk.signer('author');
      return signer === undefined ? undefined : { signer, name: signer.name };
    },
  };
}

function parseCard(text: string | undefined): PublicKey | undefined {
  if (text === undefined) return undefined;
  try {
    return publicKeySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
