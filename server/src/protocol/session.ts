/** What the client hands over with `initialize`. */
export interface InitializationOptions {
  /** English text → the user's language, where VS Code has loaded a bundle. */
  readonly l10n?: Readonly<Record<string, string>>;
  /** The client answers {@link methods.findFiles} and {@link methods.readFile}. */
  readonly servesFiles?: boolean;
  /** Another extension completes the keywords of .gitlab-ci.yml from its schema: only what it cannot know is offered. */
  readonly knowsYaml?: boolean;
}

/** How the server is doing, for the status item. */
export interface StatusParams {
  /** Files of the five formats that the server knows. */
  readonly files: number;
  /** Their findings, as far as counted. */
  readonly findings: number;
}
