import { stem } from './stem.ts';

/**
 * Words of service calls that callers and script authors use for one another. Written for Callside from
 * the vocabulary of the trade, not taken from a thesaurus; one family per line, a word in one family only.
 */
const FAMILIES = `
fee charge charged cost costs pay paid price surcharge
refund return returned reimburse reimbursed
cancel stop end terminate undo revert
broken faulty defective damaged fault defect
lost stolen missing misplaced stole lose vanished
arrive arrived delivery deliver delivered come came receive received shipping shipped shipment
change update edit modify switch amend alter
top topup load reload add
wrong incorrect mistake error incorrectly wrongly
declined rejected refused denied failed fail failing
delayed delay late slow waiting wait pending
buy bought purchase purchased order ordered
password passcode pin code
cash atm withdraw withdrawal withdrew
currency currencies exchange foreign
allowed permitted possible able
limit maximum max restriction
abroad overseas international country countries
verify verification identity prove proof confirm
`;

const FAMILY_OF: ReadonlyMap<string, string> = new Map(
  FAMILIES.trim().split('\n').flatMap((line, index) =>
    line.split(' ').map((word): [string, string] => [stem(word), `#${index}`])),
);

/** The family a stem belongs to, or the stem itself. */
export function family(root: string): string {
  return FAMILY_OF.get(root) ?? root;
}
