/**
 * Put before the app (`electron -r`): holds it back until Playwright has attached to both its debuggers. Left alone the app opens
 * its window meanwhile, and one that is made while Playwright says what it wants to hear of is waited for for ever.
 * Playwright calls `__playwright_run` when it is there; with an Electron it finds by itself it puts such a file there, too.
 */
const { app } = require('electron');

// The app sees the line as it would without this.
process.argv.splice(process.argv.indexOf('-r'), 2);
const ready = app.whenReady();
const attached = new Promise((resolve) => {
  globalThis['__playwright_run'] = resolve;
});
app.whenReady = () => attached.then(() => ready);
