import { z } from 'zod';
import { abusePolicySchema } from './abuse/policy.ts';
import { isUsablePattern, MASK_PRESETS, type MaskPattern } from './calls/masking.ts';
import { LIMITS, localTextSchema, localize } from './common.ts';
import type { Settings } from './settings.ts';
import { workingHoursSchema } from './wellbeing/rules.ts';

const line = z.string().min(1).max(LIMITS.line);
const path = z.string().min(1).max(1_000);

/**
 * Breaks the organisation grants at least. An agent may always take more, skip or postpone; nothing
 * here can take a break away.
 */
const breaksSection = z.strictObject({
  /** The rules that hold as a minimum: the shorter interval and the longer break win over the agent's own. */
  minimumPreset: z.enum(['callside', 'uk', 'es', 'it', 'br', 'kr']).optional(),
  /** How often one break may be postponed, at most. The rules themselves may allow less. */
  maxPostpones: z.int().min(0).max(20).optional(),
  /** Ranges of minutes from local midnight for each weekday, Monday first. */
  workingHours: workingHoursSchema.optional(),
});

/** A pattern kept out of every note, like a card number. */
export const policyPatternSchema = z.strictObject({
  name: z.string().min(1).max(60),
  /** A JavaScript regular expression, read without regard to case; it must not match empty text nor take long. */
  pattern: z.string().max(400).refine(isUsablePattern, 'this is no regular expression, or it matches empty text'),
  /** Characters at the end that stay readable; 0 unless said. */
  keepLast: z.int().min(0).max(8).optional(),
});

const privacySection = z.strictObject({
  /** Days a finished call and its notes are kept, exactly. */
  retentionDays: z.int().min(1).max(3_650).optional(),
  /** Days after which the caller's number and name of a finished call are dropped; 30 unless said, never later than the call. */
  numberRetentionDays: z.int().min(1).max(3_650).optional(),
  maskPatterns: z.array(policyPatternSchema).max(50).optional(),
  /** Patterns that Callside knows by name. */
  maskPresets: z.array(z.enum(['iban', 'us-ssn', 'uk-nino'])).max(10).optional(),
  /** ISO 3166-1 alpha-2: how national telephone numbers are read. */
  country: z.string().regex(/^[A-Z]{2}$/).optional(),
  /** Whether searches that found nothing are counted for supervisors (text, count and day, never who). */
  missLog: z.boolean().optional(),
  /** Whether desks tell supervisors those counts of days that are over, and how often scripts, articles and products were opened; not unless said. */
  shareCounts: z.boolean().optional(),
});

/** Whom to turn to after the worst calls. Emergency numbers differ by place, so they come from here and never from the app. */
const recoverySection = z.strictObject({
  wording: localTextSchema.optional(),
  contacts: z.array(z.strictObject({ name: line, how: z.string().max(LIMITS.line).default('') })).max(20).optional(),
  emergency: z.array(z.strictObject({ name: line, number: z.string().min(1).max(60) })).max(10).optional(),
});

/**
 * A program told of "not ready" and "ready". It is started with a list of arguments, never through a shell; in each
 * argument `{state}` becomes `not-ready` or `ready` and `{reason}` the code of the reason (empty when ready).
 */
export const notReadyCommandSchema = z.strictObject({
  /** The program by its whole path. */
  program: path.regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)/, 'give the whole path of the program'),
  arguments: z.array(z.string().max(LIMITS.line)).max(30).default([]),
  /** The program is ended after this many seconds. */
  timeoutSeconds: z.int().min(1).max(60).default(10),
});
export type NotReadyCommand = z.infer<typeof notReadyCommandSchema>;

const notReadySection = z.strictObject({
  command: notReadyCommandSchema.optional(),
  /** What the telephone system calls our reasons, for `{reason}` and for Asterisk: `{ "break": "PAUSE 1" }`. Others pass as they are. */
  reasons: z.record(z.string().max(LIMITS.id), z.string().min(1).max(LIMITS.id)).optional(),
});

/** What the desks of this policy belong to; records aimed at teams or queues are shown where one of them is named. */
const deskSection = z.strictObject({
  teams: z.array(z.string().trim().min(1).max(LIMITS.id)).max(50).optional(),
  queues: z.array(z.string().trim().min(1).max(LIMITS.id)).max(50).optional(),
});

/** Where packs come from. Secrets are named by file, because everybody on the machine can read the policy. */
export const policyChannelSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('folder'), name: line.optional(), path }),
  z.strictObject({
    type: z.literal('nats'),
    name: line.optional(),
    servers: z.array(z.string().max(LIMITS.line).regex(/^(?:nats|tls|wss?):\/\/[^\s/?#]+$/, 'write tls://host:port')).min(1).max(10),
    /** A NATS credentials file (JWT and key). */
    credentialsFile: path.optional(),
    /** `{host}` in it stands for the machine's name, so that one policy serves every desk. */
    user: line.optional(),
    /** The seed of an NKey user (`SU…`); the server knows the public half only. */
    nkeyFile: path.optional(),
    /** A file that holds the password or token alone. */
    passwordFile: path.optional(),
    tokenFile: path.optional(),
    /** Certificates to trust for TLS, PEM, and the desk's own where the server asks for one. */
    caFile: path.optional(),
    certificateFile: path.optional(),
    keyFile: path.optional(),
    /** Beginning of every subject; `callside` unless said. */
    prefix: z.string().max(100).regex(/^[\w-]+(?:\.[\w-]+)*$/).optional(),
  }),
]);
export type PolicyChannel = z.infer<typeof policyChannelSchema>;

const knowledgeSection = z.strictObject({
  /** Which packs this desk believes: the fingerprint as the Workshop shows it, the SHA-256 of the root file, or the root itself. */
  trustRoot: z.union([
    z.strictObject({ fingerprint: z.string().regex(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}$/, 'write 20 letters and digits in fours') }),
    z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'write 64 digits of 0-9 a-f') }),
    /** The signed root document as it was published, unchanged. */
    z.strictObject({ root: z.record(z.string(), z.unknown()) }),
  ]).optional(),
  channels: z.array(policyChannelSchema).max(10).optional(),
  /** People who have to approve before something is published. */
  approvals: z.union([z.literal(1), z.literal(2)]).optional(),
  /** Whether a desk may change records for itself; it may unless this says no. What was changed before stays until somebody takes it back. */
  localChanges: z.boolean().optional(),
  /** How knowledge comes to these desks over a line. */
  delivery: z.strictObject({
    /** Desks that start, or lose their server, in one moment ask for what is new spread over so many seconds; 20 unless said. */
    spreadSeconds: z.int().min(0).max(3_600).optional(),
    /** At most so many bytes a second from a server, on slow lines. */
    bytesPerSecond: z.int().min(1_000).max(1_000_000_000).optional(),
    /** Nothing is fetched by itself, on lines that cost; somebody asks for it under Channels. */
    waitUntilAsked: z.boolean().optional(),
  }).optional(),
});

/**
 * What an organisation sets on its desks, one JSON file per machine. Unknown keys are refused by name: a
 * misspelt rule that is silently ignored protects nobody. `docs/policy.md` has a complete example.
 */
export const policySchema = z.strictObject({
  callsidePolicy: z.literal(1),
  /** Shown as "set by …". */
  organisation: line.optional(),
  desk: deskSection.optional(),
  breaks: breaksSection.optional(),
  privacy: privacySection.optional(),
  abuse: abusePolicySchema.optional(),
  recovery: recoverySection.optional(),
  notReady: notReadySection.optional(),
  knowledge: knowledgeSection.optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** Nothing is set by anybody. */
export const NO_POLICY: Policy = { callsidePolicy: 1 };

/** Settings an organisation can take over; while it does, the agent sees them locked. */
export const LOCKABLE = ['retentionDays', 'country', 'missLog', 'breaks.minimum', 'breaks.hours', 'breaks.support', 'desk.teams', 'desk.queues', 'delivery.bytesPerSecond', 'delivery.waitUntilAsked'] as const;
export type Lockable = (typeof LOCKABLE)[number];

export function lockedBy(policy: Policy): Lockable[] {
  const { breaks, privacy, recovery, desk, knowledge } = policy;
  const set: Readonly<Record<Lockable, boolean>> = {
    retentionDays: privacy?.retentionDays !== undefined,
    country: privacy?.country !== undefined,
    missLog: privacy?.missLog !== undefined,
    'breaks.minimum': breaks?.minimumPreset !== undefined,
    'breaks.hours': breaks?.workingHours !== undefined,
    'breaks.support': recovery !== undefined,
    'desk.teams': desk?.teams !== undefined,
    'desk.queues': desk?.queues !== undefined,
    'delivery.bytesPerSecond': knowledge?.delivery?.bytesPerSecond !== undefined,
    'delivery.waitUntilAsked': knowledge?.delivery?.waitUntilAsked !== undefined,
  };
  return LOCKABLE.filter((key) => set[key]);
}

/** The settings in force: the agent's own with what the organisation set on top. The agent's own values are kept beneath. */
export function withPolicy(settings: Settings, policy: Policy): Settings {
  const { breaks = {}, privacy = {}, recovery, desk = {}, knowledge = {} } = policy;
  return {
    ...settings,
    retentionDays: privacy.retentionDays ?? settings.retentionDays,
    country: privacy.country ?? settings.country,
    missLog: privacy.missLog ?? settings.missLog,
    desk: { teams: desk.teams ?? settings.desk.teams, queues: desk.queues ?? settings.desk.queues },
    delivery: { bytesPerSecond: knowledge.delivery?.bytesPerSecond ?? settings.delivery.bytesPerSecond, waitUntilAsked: knowledge.delivery?.waitUntilAsked ?? settings.delivery.waitUntilAsked },
    breaks: {
      ...settings.breaks,
      minimum: breaks.minimumPreset ?? settings.breaks.minimum,
      postpones: Math.min(settings.breaks.postpones, breaks.maxPostpones ?? settings.breaks.postpones),
      hours: breaks.workingHours === undefined ? settings.breaks.hours : breaks.workingHours,
      support: recovery === undefined ? settings.breaks.support : supportOf(recovery, settings.language),
    },
  };
}

function supportOf(recovery: NonNullable<Policy['recovery']>, language: string): Settings['breaks']['support'] {
  return {
    words: recovery.wording === undefined ? '' : localize(recovery.wording, language).slice(0, LIMITS.line),
    people: recovery.contacts ?? [],
    emergency: (recovery.emergency ?? []).map(({ name, number }) => `${name}: ${number}`).join(' · ').slice(0, LIMITS.line),
  };
}

/** The organisation's patterns as masking takes them. */
export function maskPatternsOf(policy: Policy): MaskPattern[] {
  const { maskPatterns = [], maskPresets = [] } = policy.privacy ?? {};
  const presets = maskPresets.flatMap((name) => MASK_PRESETS[name] ?? []);
  return [...maskPatterns.map(({ name, pattern, keepLast = 0 }) => ({ id: name, pattern, keepLast })), ...presets];
}

export const POLICY_PROBLEMS = ['unreadable', 'too-large', 'not-json', 'unknown-key', 'missing', 'wrong-value', 'slow-pattern'] as const;
/** Why a policy file was not taken over. `where`: the key by its path, or the line of a file that is no JSON. */
export const policyProblemSchema = z.strictObject({ kind: z.enum(POLICY_PROBLEMS), where: z.string().max(200) });
export type PolicyProblem = z.infer<typeof policyProblemSchema>;

/** Longest policy file that is read, bytes. */
export const POLICY_MAX_BYTES = 262_144;

/** Reads the text of a policy file; the first problem is enough to mend the file. */
export function readPolicy(text: string): { ok: true; policy: Policy } | { ok: false; problem: PolicyProblem } {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    return { ok: false, problem: { kind: 'not-json', where: lineOf(text, cause) } };
  }
  const parsed = policySchema.safeParse(data);
  return parsed.success ? { ok: true, policy: parsed.data } : { ok: false, problem: firstProblem(parsed.error.issues, data) };
}

/** The line of a JSON mistake, counted from 1; the end of the text where the parser names no place. */
function lineOf(text: string, cause: unknown): string {
  const at = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
  return String(text.slice(0, at === undefined ? text.length : Number(at)).split('\n').length);
}

function firstProblem(issues: readonly z.core.$ZodIssue[], data: unknown): PolicyProblem {
  const found = issues.map((issue) => problemOf(issue, data));
  const order: readonly PolicyProblem['kind'][] = ['unknown-key', 'missing', 'wrong-value'];
  return found.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? { kind: 'wrong-value', where: '' };
}

function problemOf(issue: z.core.$ZodIssue, data: unknown): PolicyProblem {
  if (issue.code === 'unrecognized_keys') return { kind: 'unknown-key', where: dotted([...issue.path, issue.keys[0] ?? '']) };
  // Of the variants of a union the one that came furthest says most.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = issue.errors.map((errors) => errors.map((one) => problemOf({ ...one, path: [...issue.path, ...one.path] }, data))).toSorted((a, b) => a.length - b.length)[0];
    const deeper = inner?.find((one) => one.where !== dotted(issue.path));
    if (deeper !== undefined) return deeper;
  }
  return { kind: valueAt(data, issue.path) === undefined ? 'missing' : 'wrong-value', where: dotted(issue.path) };
}

function valueAt(data: unknown, keys: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function dotted(keys: readonly PropertyKey[]): string {
  return keys.map(String).join('.').slice(0, 200);
}

/** What pages may know of the policy: no paths of secrets, no program. */
export const policyViewSchema = z.strictObject({
  /** `last-good`: the file is broken, the last one that could be read is in force. `refused`: broken, and there never was a good one. */
  state: z.enum(['none', 'in-force', 'last-good', 'refused']),
  file: z.string().max(2_000),
  organisation: line.optional(),
  problem: policyProblemSchema.optional(),
  locked: z.array(z.enum(LOCKABLE)).max(LOCKABLE.length),
  maskNames: z.array(z.string().max(60)).max(60),
  maxPostpones: z.int().optional(),
  abuse: abusePolicySchema.optional(),
  tellsTelephone: z.boolean(),
  channels: z.array(z.strictObject({ type: z.enum(['folder', 'nats']), name: line })).max(10),
  approvals: z.union([z.literal(1), z.literal(2)]).optional(),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

export function viewPolicy(state: PolicyView['state'], file: string, policy: Policy, problem?: PolicyProblem): PolicyView {
  const { organisation, abuse, breaks, knowledge } = policy;
  return {
    state,
    file,
    ...(organisation === undefined ? {} : { organisation }),
    ...(problem === undefined ? {} : { problem }),
    locked: lockedBy(policy),
    maskNames: maskPatternsOf(policy).map(({ id }) => id),
    ...(breaks?.maxPostpones === undefined ? {} : { maxPostpones: breaks.maxPostpones }),
    ...(abuse === undefined ? {} : { abuse }),
    tellsTelephone: policy.notReady?.command !== undefined,
    channels: (knowledge?.channels ?? []).map((one) => ({ type: one.type, name: one.name ?? (one.type === 'folder' ? one.path.slice(-LIMITS.line) : (one.servers[0] ?? one.type)) })),
    ...(knowledge?.approvals === undefined ? {} : { approvals: knowledge.approvals }),
  };
}
