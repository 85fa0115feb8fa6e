import type { SignedChange } from '#shared/domain/packs/change.ts';
import { signatureOf, type Signer } from './dsse.ts';
import { signaturesSuffice, type OpenContext } from './open-change.ts';
import { Refused } from './pack-file.ts';

/**
 * Signs live records again whose signatures a new policy no longer accepts, as after a key was withdrawn.
 * The text stays byte for byte the same, so its version and digest do too and no desk sees a change.
 * Throws `Refused` where one more signature is not enough.
 */
export function renewer(context: OpenContext, by: Signer): (signed: SignedChange) => Promise<SignedChange> {
  return async (signed) => {
    if (signaturesSuffice(signed, context) === undefined) return signed;
    const kept = signed.signatures.filter(({ keyid }) => keyid !== by.id && context.policy.keys.some(({ id }) => id === keyid));
    const renewed = { ...signed, signatures: [...kept, signatureOf(signed.payloadType, signed.text, by)] };
    const lacking = signaturesSuffice(renewed, context);
    if (lacking !== undefined) throw new Refused(lacking);
    return renewed;
  };
}
