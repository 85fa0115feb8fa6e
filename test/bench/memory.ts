/** Proportional memory of all processes in a call, as a ratio to a bare Electron window. Linux only. `node scripts/run.mjs --build test/bench/memory.ts` */
import { pssOfTree, round, startBare, startToNote, withFolder } from './lib-app.ts';

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 4_000));
const bareMb = await withFolder(async (dir) => {
  const window = await startBare(dir);
  await settle();
  const mb = pssOfTree(window.pid);
  await window.close();
  return mb;
});
const appMb = await withFolder(async (dir) => {
  const { desk } = await startToNote(dir);
  await settle();
  const mb = pssOfTree(desk.app.process().pid ?? 0);
  await desk.app.close();
  return mb;
});
console.log(JSON.stringify({ bench: 'memory', bareWindowMb: round(bareMb, 0), callsideMb: round(appMb, 0), ratio: round(appMb / bareMb, 2) }));
