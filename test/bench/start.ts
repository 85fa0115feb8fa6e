/** Cold start to a letter in the note, as a ratio to a bare Electron window in the same run. `node scripts/run.mjs --build test/bench/start.ts [runs]` */
import { percentile, round, startBare, startToNote, withFolder } from './lib-app.ts';

const runs = Number(process.argv[2] ?? 5);
const bare: number[] = [];
const firstStart: number[] = [];
const laterStart: number[] = [];
for (let run = 0; run < runs; run += 1) {
  await withFolder(async (dir) => {
    const window = await startBare(dir);
    bare.push(window.ms);
    await window.close();
  });
  await withFolder(async (dir) => {
    const first = await startToNote(dir);
    firstStart.push(first.ms);
    await first.desk.app.close();
    const later = await startToNote(dir);
    laterStart.push(later.ms);
    await later.desk.app.close();
  });
}
const [bareMs, firstMs, laterMs] = [bare, firstStart, laterStart].map((values) => percentile(values, 0.5));
console.log(JSON.stringify({
  bench: 'start', runs,
  bareWindowMs: round(bareMs ?? 0, 0), firstStartToNoteMs: round(firstMs ?? 0, 0), laterStartToNoteMs: round(laterMs ?? 0, 0),
  firstRatio: round((firstMs ?? 0) / (bareMs ?? 1), 2), laterRatio: round((laterMs ?? 0) / (bareMs ?? 1), 2), laterP95Ms: round(percentile(laterStart, 0.95), 0),
}));
