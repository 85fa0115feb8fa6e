export { createAuthoringService, type Actor, type AuthoringService, type DraftResult, type Live, type OpenInput } from './authoring.service.ts';
export { createDraftsRepository, type DraftFilter, type DraftsRepository } from './drafts.repository.ts';
export { createCatalogue, reviewDueOn } from './catalogue.ts';
