export { createPractiseService, practiseRestorer, type PractiseService } from './practise.repository.ts';
