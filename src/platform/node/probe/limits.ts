/** In milliseconds. */
export interface ProbeLimits {
  readonly connect: number;
  readonly handshake: number;
  readonly answer: number;
  /** Of all tries together. */
  readonly whole: number;
}

export const usualLimits: ProbeLimits = { connect: 5_000, handshake: 5_000, answer: 10_000, whole: 60_000 };
