export { createAuthoringService, type Actor, type AuthoringService, type DraftResult, type Live, type OpenInput } from './authoring.service.ts';
export { createDraftsRepository, type DraftFilter, type DraftsRepository } from './drafts.repository.ts';
export { createCatalogue } from './catalogue.ts';
export { answerBytes, proposalBytes, readHandOver } from './hand-over.ts';
export { createHandOverRepository } from './hand-over.repository.ts';
export { createReviewService, type ReviewService } from './review.service.ts';
export { createLocalRepository } from './local.repository.ts';
export { createLocalService } from './local.service.ts';
export { createVersions, type Versions } from './versions.repository.ts';
