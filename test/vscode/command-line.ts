/** What `runner-proxy` makes of the same files; put in by scripts/vscode/stage.mjs. */
declare const COMMAND_LINE: {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly range: { readonly start: Place; readonly end: Place };
    readonly message: string;
  }[];
  /** By path, the texts that fixes changed. */
  readonly fixed: Readonly<Record<string, string>>;
};

/** A place as LSP, the command line and VS Code have it. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export const commandLine = COMMAND_LINE;
