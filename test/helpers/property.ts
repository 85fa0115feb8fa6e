import fc from 'fast-check';

/**
 * Properties draw anew at each run, and a failed one prints the seed it can be had again with. `CALLSIDE_SEED` (a whole number)
 * makes a run draw the same each time: `npm test` sets it, so that of the same code it says the same twice.
 */
const seed = process.env['CALLSIDE_SEED'];
if (seed !== undefined && seed !== '') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

export { fc };
