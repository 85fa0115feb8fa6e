import { z } from 'zod';
import { checkedStepSchema } from '../domain/channel-check.ts';
import { idSchema, instantSchema, LIMITS, targetsSchema } from '../domain/common.ts';
import { flagReplySchema, flagSchema } from '../domain/news/flag.ts';
import { deskIdSchema } from '../domain/news/receipt.ts';
import { newsChangeSchema, newsReleaseSchema } from '../domain/news/release-news.ts';
import { packRefusalSchema } from '../domain/packs/refusal.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const id = z.string().max(LIMITS.id);
const line = z.string().max(LIMITS.line);
const release = z.int().min(0);

/** How a channel is, in one word; the screen has a sentence for each. */
export const channelHealthSchema = z.enum([
  /** Nothing has been looked at yet. */
  'new',
  'checking',
  /** The newest release is in use. */
  'up-to-date',
  /** A release was checked and waits for the end of the call. */
  'waiting-for-call',
  'installing',
  /** Whom to trust has to be told first. */
  'needs-trust',
  /** The folder is there and holds no knowledge base. */
  'empty',
  'nothing-published',
  'gone',
  'busy',
  'refused',
  /** Checked and good, but it could not be written; tried again. */
  'install-failed',
  /** Something new is there; on this line it is fetched when somebody asks. */
  'asked',
]);
export type ChannelHealth = z.infer<typeof channelHealthSchema>;

/** How a channel of single changes is followed. */
export const liveViewSchema = z.strictObject({
  phase: z.enum(['no-release', 'catching-up', 'following', 'waiting', 'away']),
  /** Changes that are here and wait for the end of the call. */
  waiting: z.int().min(0),
  applied: z.int().min(0),
  refused: z.int().min(0),
  lastRefusal: packRefusalSchema.optional(),
  /** The newest signed head that everything stored agreed with, and when. */
  head: z.strictObject({ ver: release, at: instantSchema }).optional(),
  expires: z.number().optional(),
  /** How far this desk's clock is ahead of the server's (ms), where that matters. */
  clock: z.number().optional(),
  alarm: z.enum(['incomplete', 'rolled-back', 'emptied', 'disk-full']).optional(),
});
export type LiveView = z.infer<typeof liveViewSchema>;

export const channelViewSchema = z.strictObject({
  id,
  kind: z.enum(['folder', 'nats']),
  name: line,
  /** Where it lies, for people. */
  place: z.string().max(4_000),
  /** Under which name this desk signs in to a server. */
  user: line.optional(),
  by: z.enum(['desk', 'policy']),
  health: channelHealthSchema,
  refusal: packRefusalSchema.optional(),
  checkedAt: instantSchema.optional(),
  /** Whether receipts and flags can be written back; absent while it is away. */
  writable: z.boolean().optional(),
  kb: id.optional(),
  title: line.optional(),
  fingerprint: z.string().max(40).optional(),
  release: release.optional(),
  installedAt: instantSchema.optional(),
  /** A release that was checked and is not in use yet. */
  waiting: release.optional(),
  /** From then on nobody vouches that this is the newest state. */
  expires: instantSchema.optional(),
  /** Only for channels that bring single changes. */
  live: liveViewSchema.optional(),
});
export type ChannelView = z.infer<typeof channelViewSchema>;

/** What a supervisor knows of another desk. Written by that desk; nothing of it says who sits there. */
export const deskViewSchema = z.strictObject({
  desk: deskIdSchema,
  /** When it was last heard of. */
  seenAt: instantSchema,
  app: z.string().max(60),
  releases: z.array(z.strictObject({ source: id, release })).max(20),
  /** How many announcements were acknowledged there. */
  acknowledged: z.int().min(0),
  /** When the announcement that was asked about was acknowledged there, as it is worded now. */
  acknowledgedAt: instantSchema.optional(),
  /** Whether the announcement that was asked about is for this desk; absent when it did not say what it belongs to. */
  meant: z.boolean().optional(),
  flags: z.int().min(0),
  /** This very desk. */
  own: z.boolean(),
  /** Two machines say that they are this desk: its data folder was copied. */
  shared: z.boolean(),
});
export type DeskView = z.infer<typeof deskViewSchema>;

/** A knowledge base on the desks: what it is called, and when its latest releases were published. */
export const deskBaseSchema = z.strictObject({ source: id, title: line, newest: release, published: z.array(z.strictObject({ release, at: instantSchema })).max(60) });
export type DeskBase = z.infer<typeof deskBaseSchema>;

export const desksSchema = z.strictObject({
  desks: z.array(deskViewSchema).max(20_000),
  bases: z.array(deskBaseSchema).max(40),
  unreadable: z.int().min(0),
  /** The release that brought the announcement that was asked about. */
  asked: z.strictObject({ source: id, release }).optional(),
});
export type Desks = z.infer<typeof desksSchema>;

/** A server as somebody at a desk sets it up. Files were picked before, so that no page can name one. */
export const serverFormSchema = z.strictObject({
  servers: z.array(z.string().max(LIMITS.line)).min(1).max(10),
  user: line.optional(),
  prefix: z.string().max(100).optional(),
  key: id.optional(),
  authority: id.optional(),
});
export type ServerForm = z.infer<typeof serverFormSchema>;

export const pickedFileSchema = z.strictObject({
  id,
  /** For people. */
  path: z.string().max(4_000),
  /** What it holds; `other`: nothing of use here. */
  holds: z.enum(['seed', 'credentials', 'certificates', 'other']),
  /** The user it was probably made for, by its name. */
  user: line.optional(),
});
export type PickedFile = z.infer<typeof pickedFileSchema>;

/** Channels of this desk, what came through them, and what goes back. */
export const deliveryContract = {
  'channels.list': query({ home: 'main', input: nothing, output: z.array(channelViewSchema) }),
  /** Asks for a folder in a dialog. */
  'channels.add': command({ home: 'main', input: nothing, output: z.discriminatedUnion('added', [z.strictObject({ added: z.literal(false), reason: z.enum(['cancelled', 'already-there', 'too-many']) }), z.strictObject({ added: z.literal(true), id })]) }),
  /** Asks for a file in a dialog: the desk's key for a server, or the authority to trust. */
  'channels.pick-file': command({ home: 'main', input: z.strictObject({ what: z.enum(['key', 'authority']) }), output: pickedFileSchema.nullable() }),
  'channels.add-server': command({ home: 'main', input: serverFormSchema, output: z.discriminatedUnion('added', [z.strictObject({ added: z.literal(false), reason: z.enum(['already-there', 'too-many', 'bad-address', 'bad-prefix']) }), z.strictObject({ added: z.literal(true), id })]) }),
  /** Tries a server step by step: one that is a channel, or one that is being set up. Null: there is no such channel, or the address is none. */
  'channels.try-server': command({ home: 'main', input: z.union([z.strictObject({ id }), z.strictObject({ form: serverFormSchema })]), output: z.array(checkedStepSchema).max(20).nullable() }),
  /** The channel is no longer looked at; what came through it stays in use. */
  'channels.remove': command({ home: 'main', input: z.strictObject({ id }), output: nothing }),
  'channels.check': command({ home: 'main', input: z.strictObject({ id: id.optional() }), output: nothing }),
  /** Whom to trust in a channel: the fingerprint as it was typed. */
  'channels.trust': command({
    home: 'main',
    input: z.strictObject({ id, fingerprint: z.string().max(100) }),
    output: z.discriminatedUnion('outcome', [z.strictObject({ outcome: z.literal('trusted'), title: line }), z.strictObject({ outcome: z.literal('mistyped') }), z.strictObject({ outcome: z.literal('gone') }), z.strictObject({ outcome: z.literal('refused'), refusal: packRefusalSchema })]),
  }),
  /** Takes a knowledge base and the trust in it off this desk. */
  'channels.forget': command({ home: 'main', input: z.strictObject({ kb: id }), output: nothing }),
  /** Releases installed after `since` (UTC ms), newest first, each with what it changed. */
  'releases.news': query({
    home: 'knowledge',
    input: z.strictObject({ since: instantSchema, limit: z.int().min(1).max(60) }),
    output: z.array(newsReleaseSchema.extend({ changes: z.array(newsChangeSchema) })),
  }),
  /**
   * Other desks by what they say of themselves, for supervisors; `desks.changed` tells of news for some minutes after.
   * `announcement`: also who has that one, and where it was acknowledged; `digest` names its wording, `release` the one
   * that brought it, where that is known already.
   */
  'desks.list': query({ home: 'main', input: z.strictObject({ announcement: z.strictObject({ id: idSchema, digest: z.string().max(64), release: release.optional(), targets: targetsSchema.optional() }).optional() }), output: desksSchema }),
  /** What agents flagged, from every desk whose receipts can be read. */
  'flags.inbox': query({ home: 'main', input: nothing, output: z.array(z.strictObject({ desk: deskIdSchema, flag: flagSchema, reply: flagReplySchema.optional() })).max(20_000) }),
  /** Answers the agent who flagged it. Needs an unlocked key, because desks show only what was signed. */
  'flags.reply': command({
    home: 'main',
    input: flagReplySchema.omit({ at: true, by: true }).extend({ desk: deskIdSchema }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), reason: z.enum(['no-key', 'gone', 'read-only', 'unknown-flag']) })]),
  }),
} as const;
