/** 0: done. 1: refused, and why is said. 2: the command was not understood. 3: a file, folder or server could not be used. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command found: said as one JSON line, or as a sentence. */
export type Result = { code: ExitCode; json: Record<string, unknown>; text: string };
