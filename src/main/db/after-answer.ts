/** Lets the answer leave first, ms. */
const ANSWER_MS = 4;

/** Does what nobody waits for once the answer is on its way. Returns how to call it off; a process may end without it. */
export function afterAnswer(work: () => void): () => void {
  const timer = setTimeout(work, ANSWER_MS);
  timer.unref();
  return () => clearTimeout(timer);
}
