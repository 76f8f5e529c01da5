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

/** Lets many callers work one after the other in slices. What comes in meanwhile is handled between them. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private running = false;
  private subject: string | undefined;
  /** When the slice ends, and when work was last done in it. */
  private until = 0;
  private last = 0;

  /**
   * Fulfilled when it is the caller's turn: it works at once, without waiting for anything.
   * @param subject what the caller works on: who comes again and again for the same, as typing does, does not wait
   */
  take(subject: string): Promise<void> {
    if (subject === this.subject && !this.running) return Promise.resolve();
    this.subject = subject;
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    // Callers that come one by one share a slice, but for one who comes after a rest.
    if (performance.now() - this.last > slice) this.until = performance.now() + slice;
    while (this.waiting.length > 0) {
      if (performance.now() > this.until) {
        await this.rest();
        this.until = performance.now() + slice;
      }
      this.waiting.shift()?.();
      // The caller works now.
      await undefined;
      this.last = performance.now();
    }
    this.running = false;
  }

  /** A pause; where many come at once, until all of them are here, and with them what else was asked. */
  private async rest(): Promise<void> {
    const latest = performance.now() + 5 * slice;
    let before: number;
    do {
      before = this.waiting.length;
      await pause();
    } while (this.waiting.length > before && performance.now() < latest);
  }
}
