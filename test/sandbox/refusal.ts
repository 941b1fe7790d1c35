/** What a service says instead of an answer. */
export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Not the caller's fault. */
  readonly ours?: boolean;
}

const refused: unique symbol = Symbol("refused");

export function refuse(code: string, status: number, message: string, ours = false): never {
  throw Object.assign(new Error(message), { [refused]: { code, status, message, ours } satisfies Refusal });
}

export function refusalIn(error: unknown): Refusal | undefined {
  return error instanceof Error && refused in error ? (error[refused] as Refusal) : undefined;
}
