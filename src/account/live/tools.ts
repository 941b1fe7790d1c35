import type { Terminal } from "../../core/shell.ts";
import type { Caller } from "./caller.ts";
import type { LiveMemory } from "./memory.ts";
import type { DoneChange } from "./records.ts";
import type { Target } from "./target.ts";
import type { LiveUi } from "./ui.ts";

/** Where lines for people go that look for a fault. Never given a certificate, a key, a header value or a config. */
export interface LiveLog {
  info(line: string): void;
  /** A bug of ours. */
  fault(where: string, error: unknown): void;
}

/** Before the first look, and between the others, in milliseconds; the last one from then on. */
export type Pauses = readonly [number, ...number[]];

/** In milliseconds. */
export interface Patience {
  /** So long another window, if it is still there, takes to go on by itself with what it sent. */
  readonly handover: number;
  /** So long after it was sent a request may still arrive. */
  readonly arrival: number;
}

export interface Clock {
  /** In milliseconds since 1970. */
  now(): number;
  /** @returns what ends it */
  every(milliseconds: number, work: () => void): () => void;
}

/** What a live change is made with, whatever its target. */
export interface LiveTools {
  readonly memory: LiveMemory;
  readonly ui: LiveUi;
  readonly log: LiveLog;
  /** Between looks at what AWS is at. */
  readonly pauses: Pauses;
  readonly patience: Patience;
  readonly clock: Clock;
  /** What copied commands are written for, by now. */
  terminal(): Terminal;
  /** Turns a change back: what the button behind its end does. */
  undo(change: DoneChange): Promise<void>;
  /** Whether the user wants nothing to be changed. */
  isReadOnly(): boolean;
  /** The IAM policy of what is used here. */
  policyText(): string;
  /** The resource that something is remembered of; `undefined`: of a kind that is not known here. */
  targetOf(kind: string, id: string, caller: Caller, name?: string): Target<unknown> | undefined;
}
