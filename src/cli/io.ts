/** What a command is given of the world, so that a test can give it another one. Files are read and written by path. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** All of standard input, or more than any command reads of it. Rejects when it is to stop. */
  stdin(): Promise<Uint8Array>;
  /** What paths are relative to. */
  readonly cwd: string;
  /** Whether standard output takes colors. */
  readonly isColored: boolean;
  /** In columns, where it is a terminal. */
  readonly width?: number | undefined;
  now(): Date;
  /** Shows how far a long command is, in place of what was shown before; left out: nobody watches. */
  progress?(text: string): void;
  /** Aborted when the user wants it to stop. */
  readonly signal?: AbortSignal;
}

/** 0: done, or yes. 1: no. 2: it could not be found out. */
export type ExitCode = 0 | 1 | 2;

/** What is given for standard input in place of a path. */
export const standardInput = "-";
