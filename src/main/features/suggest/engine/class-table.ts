/** Which number each script has in the model. Number 0 is "none of these" and is always open. */
export type ClassTable = {
  /** Number of the script, made when it is new, and marks it as offered. */
  open(id: string): number;
  /** The script is not offered for now; its number stays its own. */
  close(id: string): void;
  find(id: string): number | undefined;
  isOpen(index: number): boolean;
  /** Numbers given out, "none" included. */
  size(): number;
  /** How many scripts are offered now. */
  offered(): number;
  ids(): readonly (string | null)[];
};

export function createClassTable(): ClassTable {
  const numbers = new Map<string, number>();
  const ids: (string | null)[] = [null];
  const opened = new Set<number>([0]);
  return {
    open(id) {
      const number = numbers.get(id) ?? ids.push(id) - 1;
      numbers.set(id, number);
      opened.add(number);
      return number;
    },
    offered: () => opened.size - 1,
    close(id) {
      const number = numbers.get(id);
      if (number !== undefined) opened.delete(number);
    },
    find: (id) => numbers.get(id),
    isOpen: (index) => opened.has(index),
    size: () => ids.length,
    ids: () => ids,
  };
}
