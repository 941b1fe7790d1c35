import { createScanner, type JSONScanner } from "jsonc-parser";
import { charactersPerStep } from "../../steps.ts";

/** A string, number, comment or run of blanks and line ends with as many characters is in no document of ours. */
const longestToken = 16 * charactersPerStep;
const tokensPerStep = 4_096;

/**
 * What jsonc-parser's scanner finds in a text, which it sees in parts: so no token takes long, whatever the text. It
 * takes blanks one by one, so they are passed before it gets to see them.
 */
export class Tokens {
  /** Where the last token begins. */
  offset = 0;
  /** Behind it. */
  position = 0;
  /** What is wrong with it, as jsonc-parser calls it (`ScanError`). */
  fault: string | undefined;
  readonly #text: string;
  #scanner: JSONScanner;
  /** Where the part begins and ends that the scanner sees. */
  #start = 0;
  #end = 0;
  #count = 0;
  /** Where the next step begins, at the latest. */
  #due = charactersPerStep;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = this.#scannerFrom(0);
  }

  #scannerFrom(start: number): JSONScanner {
    this.#start = start;
    this.#end = Math.min(start + longestToken, this.#text.length);
    return createScanner(this.#text.slice(start, this.#end), false);
  }

  /** @returns its kind; `undefined`: it is too long */
  next(): number | undefined {
    this.#count++;
    if (!this.#passBlanks()) return undefined;
    const kind = this.#scan();
    if (!this.#mayGoOn()) return kind;
    this.#scanner = this.#scannerFrom(this.offset);
    const whole = this.#scan();
    return this.#mayGoOn() ? undefined : whole;
  }

  #scan(): number {
    const scanner = this.#scanner;
    const kind = scanner.scan();
    this.offset = this.#start + scanner.getTokenOffset();
    this.position = this.#start + scanner.getPosition();
    this.fault = scanErrors[scanner.getTokenError()];
    return kind;
  }

  /** Whether the last token ends where the part does, and the text does not. */
  #mayGoOn(): boolean {
    return this.position === this.#end && this.#end < this.#text.length;
  }

  /** @returns whether it came to the end of them */
  #passBlanks(): boolean {
    const text = this.#text;
    let at = this.position;
    while (isBlank(text.charCodeAt(at))) if (++at - this.position > longestToken) return false;
    if (at === this.position) return true;
    this.#count++;
    if (at >= this.#end && at < text.length) this.#scanner = this.#scannerFrom(at);
    else this.#scanner.setPosition(at - this.#start);
    return true;
  }

  /** Whether enough was read for one step. */
  isDue(): boolean {
    if (this.#count < tokensPerStep && this.position < this.#due) return false;
    this.#count = 0;
    this.#due = this.position + charactersPerStep;
    return true;
  }

  get length(): number {
    return this.position - this.offset;
  }

  get value(): string {
    return this.#scanner.getTokenValue();
  }
}

/** A space, a tab, or the end of a line. */
function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

const scanErrors: readonly (string | undefined)[] = [
  undefined,
  "UnexpectedEndOfComment",
  "UnexpectedEndOfString",
  "UnexpectedEndOfNumber",
  "InvalidUnicode",
  "InvalidEscapeCharacter",
  "InvalidCharacter",
];
