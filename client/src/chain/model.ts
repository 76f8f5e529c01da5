import { commands, type Disposable, EventEmitter } from "vscode";
import { type ChainResult, methods } from "../../../server/src/protocol.js";
import type { Server } from "../server.js";

/** Milliseconds without a change after which views ask again. */
const quiet = 200;

/** The chains as the server last told them; asked for when someone wants to see them, and anew after a change. */
export class ChainModel implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: Disposable;
  private current: Promise<ChainResult> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly server: Server) {
    this.subscription = server.onDidChangeState((state) => {
      if (state.kind !== "counted") return;
      void commands.executeCommand("setContext", "runnerProxy.hasFiles", state.files > 0);
      this.current = undefined;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed.fire(), quiet);
    });
  }

  get(): Promise<ChainResult> {
    this.current ??= this.ask();
    return this.current;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async ask(): Promise<ChainResult> {
    try {
      return await this.server.request<ChainResult>(methods.chain);
    } catch (error) {
      this.current = undefined;
      throw error;
    }
  }
}
