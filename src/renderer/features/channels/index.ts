export { ChannelsPage } from './ChannelsPage.tsx';
export { createChannelsStore, type ChannelsStore } from './channels.store.ts';
