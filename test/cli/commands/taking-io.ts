import type { Io } from "../../../src/cli/io.ts";

/** What a command printed. */
export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  readonly cwd?: string;
  readonly stdin?: Uint8Array | string;
  readonly now?: Date;
  readonly isColored?: boolean;
  readonly width?: number;
  readonly signal?: AbortSignal;
  /** Somebody watches. */
  readonly progress?: (text: string) => void;
}

type Command = (args: readonly string[], io: Io) => Promise<number>;

/** Runs a command as a function, and keeps what it prints. */
export async function run(command: Command, args: readonly string[], given: Given = {}): Promise<Printed> {
  const printed = { stdout: "", stderr: "" };
  const exit = await command(args, {
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
    },
    stdin: () =>
      Promise.resolve(typeof given.stdin === "string" ? Buffer.from(given.stdin) : (given.stdin ?? Buffer.of())),
    cwd: given.cwd ?? import.meta.dirname,
    isColored: given.isColored ?? false,
    ...(given.width === undefined ? {} : { width: given.width }),
    ...(given.signal === undefined ? {} : { signal: given.signal }),
    ...(given.progress === undefined ? {} : { progress: given.progress }),
    now: () => given.now ?? new Date("2026-11-21T00:00:00Z"),
  });
  return { exit, ...printed };
}
