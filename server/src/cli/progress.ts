/** Nothing is said of what ends sooner, in milliseconds. */
const patience = 1000;

/** How often the line is written anew, in milliseconds. */
const interval = 100;

/** A line that says how far a long run is, on a terminal, and is gone when the run prints or ends. */
export class Progress {
  private next: number;
  private shown = false;

  /**
   * @param write undefined where nobody watches
   * @param now a clock in milliseconds
   */
  constructor(
    private readonly write: ((text: string) => void) | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.next = now() + patience;
  }

  /** @param what is done, in the past participle: "read" */
  report(what: string, done: number, total: number): void {
    if (!this.write) return;
    const time = this.now();
    if (time < this.next) return;
    this.next = time + interval;
    this.shown = true;
    this.write(`\r\u001b[K${done} of ${total} files ${what}`);
  }

  clear(): void {
    if (this.shown) this.write?.("\r\u001b[K");
    this.shown = false;
  }
}
