/** How long work may go on before what has come in meanwhile is answered, in milliseconds. */
const slice = 10;

/** Lets messages that wait be handled. */
export function pause(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0));
}

/**
 * Goes through items in slices.
 * @param stopped ends the work between two items
 * @returns whether all were done
 */
export async function inSlices<T>(
  items: Iterable<T>,
  work: (item: T) => void,
  stopped: () => boolean,
): Promise<boolean> {
  let until = performance.now() + slice;
  for (const item of items) {
    if (stopped()) return false;
    work(item);
    if (performance.now() < until) continue;
    await pause();
    until = performance.now() + slice;
  }
  return !stopped();
}
