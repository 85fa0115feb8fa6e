export { Announcements } from './Announcements.tsx';
export { Changes } from './Changes.tsx';
export { FlagButton } from './FlagButton.tsx';
export { FlagList } from './FlagList.tsx';
export { createNewsStore, type NewsStore } from './news.store.ts';
export { SelfChecks } from './SelfChecks.tsx';
export { UrgentNews } from './UrgentNews.tsx';
export { dayStart, newsCount } from './waiting.ts';
