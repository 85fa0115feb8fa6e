import { redactError, redactText } from './redact.ts';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogDetails = Readonly<Record<string, unknown>>;

/** Structured log lines without personal data. The message is a fixed sentence of the program, never built from data. */
export type Logger = {
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
};

export type LoggerOptions = {
  /** Takes one JSON line without its line end. */
  write: (line: string) => void;
  now: () => number;
  /** Where the lines come from: `main`, `records`, `knowledge`. */
  source: string;
};

/**
 * Names whose texts are the program's own words. Every other text is written as its length only,
 * so a new detail is private until somebody decides otherwise here.
 */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'code', 'fault', 'state', 'kind', 'route', 'name', 'level', 'version', 'platform', 'process', 'reason', 'type', 'result', 'locale', 'theme', 'channel',
]);
const LONGEST_WORD = 80;

export function createLogger({ write, now, source }: LoggerOptions): Logger {
  const log = (level: LogLevel, message: string, details: LogDetails = {}): void => {
    const safe = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, safeValue(name, value)]));
    write(JSON.stringify({ at: new Date(now()).toISOString(), level, source, message: redactText(message), ...(Object.keys(safe).length === 0 ? {} : { details: safe }) }));
  };
  return {
    info: (message, details) => log('info', message, details),
    warn: (message, details) => log('warn', message, details),
    error: (message, details) => log('error', message, details),
  };
}

/** A logger that writes nowhere, for tests and tools. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

function safeValue(name: string, value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  // Long numbers can be telephone or card numbers; counts and times of a run are short.
  if (typeof value === 'number') return Math.abs(value) < 1e8 ? value : '[number]';
  if (value instanceof Error) return redactError(value);
  if (typeof value === 'string') return OWN_WORDS.has(name) && value.length <= LONGEST_WORD ? redactText(value) : `[${value.length} characters]`;
  if (Array.isArray(value)) return `[${value.length} items]`;
  return '[object]';
}
