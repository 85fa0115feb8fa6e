export { newsRestorers } from './news.repository.ts';
export { createNewsService, type NewsService } from './news.service.ts';
