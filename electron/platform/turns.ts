/** Turns of this thread 让出: long work lets waiting messages and signals through between two of its steps. */

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
