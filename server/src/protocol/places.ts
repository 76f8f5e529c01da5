export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file. */
export interface PlaceInfo {
  readonly uri: string;
  readonly range: Range;
}

/** What is wrong, and where it is marked. */
export interface ProblemInfo extends PlaceInfo {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}
