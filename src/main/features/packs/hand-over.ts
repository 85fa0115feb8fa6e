import { coSignatureSchema, proposalSchema, type CoSignature, type Proposal } from '#shared/domain/packs/hand-over.ts';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { isGenuine, keyRing, signatureOf, type Signer } from './dsse.ts';
import { enoughSigners, ruleFor } from '#shared/domain/packs/policy.ts';
import { openContext, parseVerified, type VerifiedChange } from './open-change.ts';
import type { RepositoryWriter } from './ports.ts';

/**
 * Hand-over of partly signed changes through a channel: the author leaves a proposal, co-signers leave
 * their signatures beside it, and whoever publishes puts them together. No file has two writers and none
 * is rewritten. Everybody checks everything: the folder is not trusted.
 */
const FOLDER = 'handover';
const proposalFile = (id: string): string => `${FOLDER}/${id}.proposal.json`;
const answerFile = (id: string, by: string): string => `${FOLDER}/${id}.${by}.json`;
const ANSWER = /^(.{1,50})\.([0-9a-f]{64})\.json$/;
const PROPOSAL = /^(.{1,50})\.proposal\.json$/;

type Wrote = Awaited<ReturnType<RepositoryWriter['write']>>;

/** Leaves a proposal for others to sign. */
export function propose(writer: RepositoryWriter, proposal: Proposal): Promise<Wrote> {
  return writer.write(proposalFile(proposal.id), Buffer.from(`${JSON.stringify(proposalSchema.parse(proposal))}\n`));
}

/** A proposal as a co-signer or publisher finds it. */
export type FoundProposal = {
  proposal: Proposal;
  /** Each change as its author signed it. */
  changes: readonly { signed: SignedChange; change: VerifiedChange }[];
  answers: readonly CoSignature[];
};

/** Reads a proposal and its answers. Undefined when there is none, or what is there is not by whom it says. */
export async function readProposal(writer: RepositoryWriter, id: string, policy: TrustPolicy): Promise<FoundProposal | undefined> {
  const proposal = await readJson(writer, proposalFile(id), (value) => proposalSchema.parse(value));
  if (proposal === undefined || proposal.id !== id || proposal.kb !== policy.kb || proposal.epoch !== policy.epoch) return undefined;
  const ring = keyRing(policy.keys);
  const author = ring(proposal.by);
  if (author === undefined) return undefined;
  const context = openContext(policy);
  const changes: { signed: SignedChange; change: VerifiedChange }[] = [];
  for (const signed of proposal.changes) {
    const own = signed.signatures.find(({ keyid }) => keyid === proposal.by);
    if (own === undefined || !isGenuine(author, signed.payloadType, Buffer.from(signed.text), own)) return undefined;
    const opened = parseVerified(signed, context);
    if (!opened.ok) return undefined;
    changes.push({ signed: { ...signed, signatures: [own] }, change: opened.change });
  }
  return { proposal, changes, answers: await readAnswers(writer, id) };
}

async function readAnswers(writer: RepositoryWriter, id: string): Promise<CoSignature[]> {
  const answers: CoSignature[] = [];
  for (const name of await namesIn(writer)) {
    const [, of, by] = ANSWER.exec(name) ?? [];
    if (of !== id || by === undefined) continue;
    const found = await readJson(writer, `${FOLDER}/${name}`, (value) => coSignatureSchema.parse(value));
    if (found !== undefined && found.by === by && found.proposal === id) answers.push(found);
  }
  return answers;
}

async function namesIn(writer: RepositoryWriter): Promise<string[]> {
  const found = await writer.list(FOLDER);
  return found.state === 'listed' ? found.names : [];
}

/** Ids of the proposals that lie in a channel. */
export async function listProposals(writer: RepositoryWriter): Promise<string[]> {
  return (await namesIn(writer)).flatMap((name) => PROPOSAL.exec(name)?.[1] ?? []);
}

/** Signs the very bytes the author signed, or says no in words. */
export function answer(writer: RepositoryWriter, { proposal, changes }: FoundProposal, by: Signer, decision: 'signed' | 'rejected', note: string, at: number): Promise<Wrote> {
  const signatures = decision === 'rejected' ? [] : changes.map(({ signed }) => ({ key: signed.subject, signature: signatureOf(signed.payloadType, signed.text, by) }));
  const file = coSignatureSchema.parse({ format: 1, proposal: proposal.id, by: by.id, at, note, decision, signatures });
  return writer.write(answerFile(proposal.id, by.id), Buffer.from(`${JSON.stringify(file)}\n`));
}

/** The changes of a proposal with every genuine signature put to them, and what the first of them still lacks. */
export function assemble({ changes, answers }: FoundProposal, policy: TrustPolicy): { changes: SignedChange[]; lacking: PackRefusal | undefined } {
  const ring = keyRing(policy.keys);
  const signed = answers.filter(({ decision }) => decision === 'signed');
  const put = changes.map(({ signed: own }) => {
    const payload = Buffer.from(own.text);
    const more = signed.flatMap(({ by, signatures }) => {
      const signature = signatures.find(({ key }) => key === own.subject)?.signature;
      const key = ring(by);
      const good = signature !== undefined && key !== undefined && signature.keyid === by && isGenuine(key, own.payloadType, payload, signature);
      return good && !own.signatures.some(({ keyid }) => keyid === by) ? [signature] : [];
    });
    return { ...own, signatures: [...own.signatures, ...more] };
  });
  const lacking = put.map(({ subject, signatures }) => enoughSigners(policy, ruleFor(policy, subject), subject, signatures.map(({ keyid }) => keyid))).find((refusal) => refusal !== undefined);
  return { changes: put, lacking };
}

/** Takes a proposal that was published or given up out of the channel. */
export async function clearProposal(writer: RepositoryWriter, id: string): Promise<void> {
  for (const name of await namesIn(writer)) if (PROPOSAL.exec(name)?.[1] === id || ANSWER.exec(name)?.[1] === id) await writer.remove(`${FOLDER}/${name}`);
}

async function readJson<T>(writer: RepositoryWriter, name: string, parse: (value: unknown) => T): Promise<T | undefined> {
  const found = await writer.read(name, 64 * 1024 * 1024);
  if (found.state !== 'found') return undefined;
  try {
    return parse(JSON.parse(Buffer.from(found.bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}
