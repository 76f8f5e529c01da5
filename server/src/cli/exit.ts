/** What the exit code of the program says. */
export const exitCodes = { clean: 0, findings: 1, wrongUse: 2, failed: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The program was called wrongly: the message says how, and nothing was done. */
export class UsageError extends Error {}

/** Something could not be done; the message says what, in one line. */
export class FailedError extends Error {}
