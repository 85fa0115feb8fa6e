import type { Engine } from './protocol.ts';
import type { Delivered } from './publish.ts';

export type LiveFigures = Delivered & { desks: number; perSecond: number; serverCpuPercent: number; desksCpuPercent: number };

/** What one engine came to. Times in ms. */
export type Figures = {
  engine: Engine;
  desks: number;
  /** In the stream. */
  records: number;
  recordBytes: number;
  /** Processes the desks are shared among. */
  workers: number;
  publishedPerSecond: number;
  /** One desk that has nothing reads the whole stream. */
  oneDeskMs: number;
  /** A new desk from the newest pack and what the stream has after it, until it agrees with the signed head. */
  packMs?: number;
  /** All desks together: `records` to each. */
  catchUp: { records: number; p50Ms: number; p99Ms: number; allMs: number; bytesPerDesk: number; serverCpuMsPerDesk: number; desksCpuMsPerDesk: number };
  live: LiveFigures[];
  server: { idleMB: number; connectedMB: number; peakMB: number; kbPerConnection: number; cpuMicrosecondsPerDelivery: number; slowConsumers: number };
  /** What the files of one desk take on the disk. */
  deskMB: number;
};

/** What the command writes. */
export type Measured = { bench: 'distribution'; store?: Figures; desk?: Figures };

/** From publishing to use, on every desk (ms). */
export const PROMISED_MS = 1_000;
/** How much worse than the prototype is still the same. */
export const MARGIN = 1.2;
