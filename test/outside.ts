/**
 * Tests that speak with real servers, processes, threads and watched folders, so that another program decides when something
 * happens. They have a second try (docs/decisions/0015). A test that draws by chance is none of them: what it found once
 * would be lost with the second try.
 */
export const OUTSIDE = [
  'test/main/authoring/drafts.test.ts',
  'test/main/channels/distribution-bench.test.ts',
  'test/main/channels/folder.test.ts',
  'test/main/channels/follow*.test.ts',
  'test/main/channels/nats*.test.ts',
  'test/main/cli/channel.test.ts',
  'test/main/db/migrate.test.ts',
  'test/main/packs/pack-thread.test.ts',
  'test/main/packs/signature-threads.test.ts',
  'test/main/processes/host.test.ts',
  'test/main/search/faults.test.ts',
  'test/main/setup/cache.test.ts',
  'test/main/telephony/ami.test.ts',
  'test/main/telephony/http.test.ts',
  'test/main/telephony/not-ready.test.ts',
  'test/main/transfer/import-catalogue.test.ts',
];
