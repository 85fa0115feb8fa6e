import type { z } from 'zod';
import { ANSWER_TYPE, answerSchema, PROPOSAL_TYPE, proposalSchema, type Answer, type Proposal } from '#shared/domain/authoring/proposal.ts';
import { envelopeSchema } from '#shared/domain/packs/change.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import { isGenuine, keyRing, signText, type RepositoryWriter, type Signer } from '#main/features/packs/index.ts';
import { answerName, FOLDER, proposalName } from './names.ts';

/** Bytes one file of a hand-over may have: a record with its signatures. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Files of a hand-over that are looked at; older ones are cleared away by those who wrote them. */
const MOST_FILES = 5_000;

const PROPOSAL = /^([A-Za-z0-9-]+)\.(\d+)\.json$/;
const ANSWER = /^([A-Za-z0-9-]+)\.(\d+)\.([0-9a-f]{16})\.([A-Za-z0-9-]+)\.json$/;

export const proposalBytes = (proposal: Proposal, by: Signer): Buffer => Buffer.from(JSON.stringify(signText(PROPOSAL_TYPE, JSON.stringify(proposal), [by])));
export const answerBytes = (answer: Answer, by: Signer): Buffer => Buffer.from(JSON.stringify(signText(ANSWER_TYPE, JSON.stringify(answer), [by])));

/**
 * Reads what lies in the channel for review. A file counts only when the key it names is in the policy and
 * signed it; anything else is passed over and changes nothing. Names in `known` are not read again.
 */
export async function readHandOver(source: RepositoryWriter, policy: TrustPolicy, known: ReadonlySet<string>): Promise<{ proposals: Proposal[]; answers: Answer[]; read: string[] }> {
  const listed = await source.list(FOLDER);
  const found: { proposals: Proposal[]; answers: Answer[]; read: string[] } = { proposals: [], answers: [], read: [] };
  if (listed.state !== 'listed') return found;
  for (const name of listed.names.filter((one) => !known.has(one) && (PROPOSAL.test(one) || ANSWER.test(one))).slice(0, MOST_FILES)) {
    const file = await source.read(`${FOLDER}/${name}`, MOST_BYTES);
    // Still being copied: it is looked at again next time.
    if (file.state !== 'found') continue;
    if (PROPOSAL.test(name)) {
      const proposal = openSigned(file.bytes, PROPOSAL_TYPE, proposalSchema, policy);
      if (proposal !== undefined && proposalName(proposal) === `${FOLDER}/${name}`) found.proposals.push(proposal);
      else if (proposal === undefined && isCut(file.bytes)) continue;
    } else {
      const answer = openSigned(file.bytes, ANSWER_TYPE, answerSchema, policy);
      if (answer !== undefined && answerName(answer) === `${FOLDER}/${name}` && mayAnswer(answer, policy)) found.answers.push(answer);
      else if (answer === undefined && isCut(file.bytes)) continue;
    }
    found.read.push(name);
  }
  found.proposals.sort((a, b) => a.round - b.round || a.at - b.at);
  found.answers.sort((a, b) => a.round - b.round || a.at - b.at);
  return found;
}

/** Only an approver's yes or no counts; anybody may comment, and an author takes back what is theirs. */
function mayAnswer(answer: Answer, policy: TrustPolicy): boolean {
  if (answer.what === 'approved' && answer.signature?.keyid !== answer.by.key) return false;
  return answer.what === 'comment' || answer.what === 'withdrawn' || policy.keys.some(({ id, roles }) => id === answer.by.key && roles.includes('approver'));
}

/** Half a file: the rest may still come. */
function isCut(bytes: Uint8Array): boolean {
  return !Buffer.from(bytes).toString('utf8').trimEnd().endsWith('}');
}

/** Verifies first, and parses the signed text only then. The signer must be the person the text names. */
function openSigned<T extends { by: { key: string }; kb: string }>(bytes: Uint8Array, type: string, schema: z.ZodType<T>, policy: TrustPolicy): T | undefined {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const [signature] = envelope.signatures;
    if (envelope.payloadType !== type || signature === undefined || policy.revoked.some(({ id }) => id === signature.keyid)) return undefined;
    const holder = policy.keys.find(({ id, roles }) => id === signature.keyid && (roles.includes('author') || roles.includes('approver')));
    const key = keyRing(policy.keys)(signature.keyid);
    if (holder === undefined || key === undefined || !isGenuine(key, type, Buffer.from(envelope.text), signature)) return undefined;
    const value = schema.parse(JSON.parse(envelope.text));
    return value.by.key === signature.keyid && value.kb === policy.kb ? { ...value, by: { key: holder.id, name: holder.name } } : undefined;
  } catch {
    return undefined;
  }
}
