import { charactersPerStep } from "../steps.ts";
import type { Span } from "../text.ts";
import { decodeSound, Scratch } from "./base64.ts";

/** One pass over a text. */
export class Reading {
  readonly text: string;
  readonly #scratch: Scratch;
  #hyphen = -2;
  /** How many characters were looked at since the last step began. */
  #looked = 0;
  /** Where the last body stands that is no sound base64. */
  #refused: Span = { start: -1, end: -1 };

  constructor(text: string) {
    this.text = text;
    this.#scratch = new Scratch(text.length);
  }

  /** Whether one step has done enough with so many characters more. */
  isDue(characters: number): boolean {
    this.#looked += characters;
    if (this.#looked < charactersPerStep) return false;
    this.#looked = 0;
    return true;
  }

  /** The first hyphen from an offset that never lies before one asked for earlier; nothing is searched twice. */
  hyphenFrom(from: number): number {
    if (this.#hyphen !== -1 && this.#hyphen < from) this.#hyphen = this.text.indexOf("-", from);
    return this.#hyphen;
  }

  /** The bytes of base64 without a fault. No body is tried twice. */
  decode(start: number, end: number): Uint8Array | undefined {
    if (start === this.#refused.start && end === this.#refused.end) return undefined;
    const bytes = decodeSound(this.text, start, end, this.#scratch);
    if (bytes === undefined) this.#refused = { start, end };
    return bytes;
  }

  /** After `size` characters of the text. */
  pass(size: number): void {
    this.#scratch.pass(size);
  }
}
