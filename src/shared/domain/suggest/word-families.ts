import { stem } from './stem.ts';

/**
 * Words of service calls that callers and authors of scripts use for one another. Written for Callside
 * from the vocabulary of the trades it serves, not taken from a thesaurus. One family per line; a word
 * may be in several. Forms that the stemmer brings together need not be repeated.
 */
const FAMILIES = `
fee charge cost pay paid price surcharge payment expensive cheap cheaper
refund return returned reimburse money back send
cancel stop end terminate undo revert remove delete
broken faulty defective damaged fault defect hole torn ripped stain crack
lost missing misplaced lose vanished gone disappeared
stolen stole steal theft robbed fraud fraudulent scam suspicious unauthorised unauthorized unknown hacked thief dispute unrecognised unrecognized
arrive delivery deliver came come receive received shipping shipped ship shipment parcel package
change update edit modify switch amend alter correct replace move postpone reschedule
topup load reload add credit
wrong incorrect mistake error incorrectly wrongly accident accidentally
declined rejected refused denied failed fail failing invalid
delayed delay late slow waiting wait pending overdue forever
buy bought purchase order ordered
password passcode pin code passphrase
cash atm withdraw withdrawal withdrew took
currency currencies exchange foreign euro dollar pound
allowed permitted possible able eligible
limit maximum max restriction cap
abroad overseas international country countries foreign
verify verification identity prove proof confirm identify
hotel inn motel hostel lodging room stay suite resort
book booking reserve reservation table
appointment schedule meeting arrange slot viewing visit calendar
taxi cab ride driver pickup uber lift lyft car drop
plane flight fly flying airline airplane airfare
trip travel journey route directions direction navigate way map lost walk walking drive bus train
restaurant eat dinner lunch food dine dining meal cuisine
doctor physician medical medicine medication prescription med meds nurse clinic symptom pain sick
apartment flat house rent rental home letting tenant bedroom
weather rain sunny temperature forecast snow storm
party birthday guest celebration invite invitation host
access login log sign enter unlock lock open door code codes
username user login
phone mobile telephone cellphone handset
email mail inbox
internet wifi broadband router connection network online
web website site page app application
bill billing invoice statement billed
subscription membership plan subscribe premium renew
balance available funds remaining owe
debt owe due installment instalment arrears extension
salary income wage paycheck payroll
transfer send wire remit
stock available sold inventory availability
size fit small large big tight length
color colour blue green red black white
promo promotion coupon voucher discount code offer sale deal
help service assist assistance support
insurance insure cover coverage policy claim
complaint complain unhappy dissatisfied upset
employee staff agent representative human person
tax taxes vat duty customs
identity passport licence license permit
quick quicker fast faster overnight express urgent hurry soon
slower later
status progress track tracking whereabouts check
search find look looking seek
quantity number amount many how much
warm winter cold
clean wash washing washed dryer dry laundry
opening hours open close closing
remember forgot forgotten recover reset lost remind
instructions remember said told
bank account card debit
quiz question game
attendance rsvp attend coming
search recommend suggestion
accept accepted support supported take honour honor work works
store shop branch merchant retailer place location locations where
kind type sort brand model make
machine atm cashpoint kiosk terminal
add deposit put fund top load
wages salary earnings paid payroll employer job
show display visible appear see view
pending processing processed progress waiting hold cleared clear
reason why explain cause
duration long wait take days weeks hours when time
mugged robbed burgled attacked stolen
swallowed eaten kept retained stuck
apply application open register sign start create new
close closing delete deactivate terminate leave end
activate activation enable setup set start
virtual disposable temporary online digital
physical plastic tangible real actual
people person friend family someone other another
receiver recipient beneficiary payee
sender payer
rate rates percentage percent
cheque check
duplicate twice double repeated multiple again
old age child children kids minor young teenager
id identification identity passport licence license document documents proof
watch phone device wearable
repair fix mend service engineer technician visit
speed slow buffering lag laggy
signal reception coverage network
contract agreement terms plan
gift present voucher
guarantee warranty
allergy allergic ingredient ingredients
recipe cook cooking bake
tomorrow today yesterday
`;

const FAMILIES_OF: ReadonlyMap<string, readonly string[]> = index(FAMILIES.trim().split('\n'));

function index(lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  lines.forEach((line, number) => {
    for (const root of new Set(line.split(' ').map(stem))) {
      const list = found.get(root);
      if (list) list.push(`#${number}`);
      else found.set(root, [`#${number}`]);
    }
  });
  return found;
}

/** Every word of the families, as written. */
export const FAMILY_WORDS: readonly string[] = FAMILIES.trim().split(/\s+/u);

const NONE: readonly string[] = [];

/** The families a stem belongs to. */
export function families(root: string): readonly string[] {
  return FAMILIES_OF.get(root) ?? NONE;
}
