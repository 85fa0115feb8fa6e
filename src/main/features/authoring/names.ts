import type { Answer, Proposal } from '#shared/domain/authoring/proposal.ts';

export const FOLDER = 'handover';

/** Every file has one writer and one name for ever: a synchronised folder never has two versions to choose from. */
export const proposalName = ({ draft, round }: Pick<Proposal, 'draft' | 'round'>): string => `${FOLDER}/${draft}.${round}.json`;
export const answerName = ({ draft, round, by, id }: Pick<Answer, 'draft' | 'round' | 'by' | 'id'>): string => `${FOLDER}/${draft}.${round}.${by.key.slice(0, 16)}.${id.slice(0, 40)}.json`;
