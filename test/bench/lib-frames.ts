import type { Page } from 'playwright';
import { percentile, round } from './lib-app.ts';

/** How the pictures of a window follow each other. Times in ms; `late` is the share of frames that missed their turn. */
export type Frames = { frames: number; p50: number; p95: number; max: number; fps: number; late: number };
export type Point = { x: number; y: number };

/** How long each movement goes on, ms. */
const WHILE_MS = 4_000;
/** Time between two input events, ms: an ordinary mouse reports 125 times a second. */
const INPUT_MS = 8;
/** A frame of a 60 Hz screen, ms. */
const FRAME_MS = 1_000 / 60;

/** Nothing moves: what the window reaches by itself. */
export function atRest(window: Page): Promise<Frames> {
  return measure(window, (until) => window.waitForTimeout(Math.max(0, until - performance.now())));
}

/** The wheel turned over `at`, in and out. */
export function whileZooming(window: Page, at: Point): Promise<Frames> {
  return measure(window, async (until) => {
    await window.mouse.move(at.x, at.y);
    for (let turn = 0; performance.now() < until; turn++) {
      await window.mouse.wheel(0, Math.floor(turn / 40) % 2 === 0 ? -24 : 24);
      await window.waitForTimeout(INPUT_MS);
    }
  });
}

/** Dragged in circles around `at` with the mouse held down. */
export function whilePanning(window: Page, at: Point): Promise<Frames> {
  return measure(window, async (until) => {
    await window.mouse.move(at.x + 140, at.y);
    await window.mouse.down();
    for (let turn = 0; performance.now() < until; turn++) {
      await window.mouse.move(at.x + 140 * Math.cos(turn / 12), at.y + 120 * Math.sin(turn / 12));
      await window.waitForTimeout(INPUT_MS);
    }
    await window.mouse.up();
  });
}

/** Time from frame to frame while `work` goes on, as the page itself sees it. */
async function measure(window: Page, work: (until: number) => Promise<void>): Promise<Frames> {
  await window.evaluate(() => {
    const times: number[] = [];
    (globalThis as { frameTimes?: number[] }).frameTimes = times;
    let last: number | undefined;
    const next = (now: number): void => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if ((globalThis as { frameTimes?: number[] }).frameTimes === times) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work(performance.now() + WHILE_MS);
  const times = await window.evaluate(() => {
    const state = globalThis as { frameTimes?: number[] | undefined };
    const kept = state.frameTimes ?? [];
    state.frameTimes = undefined;
    return kept;
  });
  const sum = times.reduce((total, time) => total + time, 0);
  return { frames: times.length, p50: round(percentile(times, 0.5)), p95: round(percentile(times, 0.95)), max: round(Math.max(...times)), fps: round((times.length * 1_000) / sum), late: round(times.filter((time) => time > FRAME_MS * 1.5).length / times.length, 3) };
}

/**
 * A page with one element and nothing in it, as large as the window, that follows the mouse and the wheel by its
 * `transform`: what this machine's compositor does with the least there can be to move.
 */
export const PLAIN_PAGE = `data:text/html,${encodeURIComponent(`<!doctype html><title>plain</title><style>html,body{margin:0;height:100%;overflow:hidden;background:#fff}
#sheet{position:absolute;inset:0;transform-origin:0 0;will-change:transform;background:conic-gradient(#ddd 25%,#fff 0 50%,#ddd 0 75%,#fff 0) 0 0/24px 24px}</style><div id=sheet></div><script>
const sheet=document.getElementById('sheet');let x=0,y=0,zoom=1,from;
const show=()=>{sheet.style.transform='translate('+x+'px,'+y+'px) scale('+zoom+')'};
addEventListener('wheel',(event)=>{event.preventDefault();const next=Math.min(2,Math.max(.15,zoom*2**(-event.deltaY*.002)));x=event.clientX-(event.clientX-x)*next/zoom;y=event.clientY-(event.clientY-y)*next/zoom;zoom=next;show()},{passive:false});
addEventListener('mousedown',(event)=>{from={x:event.clientX-x,y:event.clientY-y}});addEventListener('mouseup',()=>{from=undefined});
addEventListener('mousemove',(event)=>{if(from!==undefined){x=event.clientX-from.x;y=event.clientY-from.y;show()}});
</script>`)}`;
