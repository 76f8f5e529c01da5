/**
 * Glob patterns of the files that may be of one of the five formats: what is opened, searched for and watched.
 * The server's formats decide, by content where the path leaves doubt.
 */
export const documentPatterns = [
  "**/*config*.toml",
  "**/*runner*.toml",
  "**/cntlm*.{conf,ini}",
  "**/*.d/*.conf",
  "**/*proxy*.conf",
  "**/*.service",
  "**/etc/{default,sysconfig}/*",
  "**/etc/environment",
  "**/etc/**/*.env",
  "**/{.docker,docker}/*.json",
  "**/{config,daemon,dockerd}.json",
  "**/*.gitlab-ci*.{yml,yaml}",
  "**/.gitlab-ci/**/*.{yml,yaml}",
  "**/.gitlab/**/*.{yml,yaml}",
] as const;

/** The file that holds the settings beside the files, at the root of a folder. */
export const configFileName = ".runner-proxy.json";

export interface FindFilesParams {
  /** Glob patterns relative to the workspace folders. */
  readonly include: readonly string[];
  /** Stop after this many files. */
  readonly limit: number;
}

export interface FindFilesResult {
  readonly uris: readonly string[];
}

export interface ReadFileParams {
  readonly uri: string;
  /** Files with more bytes than this are not read. */
  readonly limit: number;
}

export interface ReadFileResult {
  /** null: missing, not readable or too large. */
  readonly text: string | null;
}

export interface CanWriteParams {
  readonly uri: string;
}

export interface CanWriteResult {
  /** false: the file, or the folder that it is to be made in, cannot be written. */
  readonly canWrite: boolean;
}
