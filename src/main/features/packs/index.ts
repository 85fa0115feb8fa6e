/**
 * Packs: what is signed, by whom, and what a desk takes. See `docs/pack-format.md`.
 *
 * A channel gives a `FileSource` (reading) or a `RepositoryWriter` (publishing) and needs to know nothing
 * else; every `ChangeSource` of the channels feature is both. Everything that comes out of a channel goes
 * through `checkChannel` before anything of it is used. What that returns as verified is put in use by the
 * channels feature: `installRelease(parts, { ...installFacts(release), order }, changesOf(release, stored))`.
 */
export type { FileSource, RepositoryWriter } from './ports.ts';
export { bucketDigest, bucketOf, createBuckets } from './digests.ts';
export { openSignedChange, openSignedHead, readSignedChange, trustContext, type SignedThing } from './open-live.ts';
export { packLine } from './merge-pack.ts';
export { openChange, openChangeSoon, type OpenContext, type VerifiedChange } from './open-change.ts';
export { changesOf, checkChannel, installFacts, NOTHING_STORED, type Checked, type CheckHooks, type StoredVersions, type VerifiedRelease } from './check-release.ts';
export { coSign, signChanges, wantedKey, type SignWanted, type WantedChange } from './change-maker.ts';
export { rootName, TIMESTAMP } from './names.ts';
export { readDifferences, writeDifferences, type Difference } from './differences.ts';
export { openSignatureThreads, serveSignatures } from './signature-threads.ts';
export { createPackThread, type PackThread } from './pack-thread.ts';
export { servePackTasks } from './serve-pack-tasks.ts';
export { workHere, type PackWork } from './pack-tasks.ts';
export { agreeToTrustChange, beginTrustChange, missingOwners, planProblem, type PlanProblem, type TrustChange, type TrustPlan } from './create-trust.ts';
export { isGenuine, keyRing, signatureOf, signText, type Signer } from './dsse.ts';
export { keptFiles, newestKept, openKept, type KeptRelease } from './kept-release.ts';
export { Refused } from './pack-file.ts';
export { newSealedKey, openKeyVault, sealedSigner, type AddOutcome, type KeyVault, type UnlockOutcome, type Wrapper } from './key-vault.ts';
export { createPublisher, type Publisher, type PublisherParts, type PublishRequest } from './publisher.ts';
export type { PublishOutcome } from './publish-outcome.ts';
export { lastTrusted, refreshTrust, type TrustedState } from './refresh-trust.ts';
export { setUpTrust, type SetUp, type TrustAnchor } from './set-up-trust.ts';
export { openTrustStore, type Pin, type TrustStore } from './trust-store.ts';
export { fetchTarget } from './fetch-target.ts';
export { createPacer } from './pacer.ts';
export { readLine, textDigest } from './open-change.ts';
export { packLines } from './pack-file.ts';
export { recoverySheet } from './recovery-sheet.ts';
export { trustSheet } from './trust-sheet.ts';
export { createTrustDesk, type TrustDesk, type TrustDone } from './trust-desk.ts';
export { inspectPack, packVersions, type Inspected } from './inspect.ts';
