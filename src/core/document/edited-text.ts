import type { TextEdit } from "../text.ts";

/** Up to so many characters between its first edit and its last a text is not put together. */
const mostWithin = 10_000;

/**
 * A text with edits in it, which is put together only when all of it is asked for: to copy a large text costs more than
 * to read what one edit touches, and most edits are near the last one.
 */
export class EditedText {
  /** From `#from` to `#to` the text says `#within` instead of what stands here. */
  #base: string;
  #from: number;
  #to: number;
  #within: string;

  private constructor(base: string, from: number, to: number, within: string) {
    this.#base = base;
    this.#from = from;
    this.#to = to;
    this.#within = within;
  }

  static of(text: string): EditedText {
    return new EditedText(text, 0, 0, "");
  }

  whole(): string {
    const text = this.#base.slice(0, this.#from) + this.#within + this.#base.slice(this.#to);
    [this.#base, this.#from, this.#to, this.#within] = [text, 0, 0, ""];
    return text;
  }

  slice(start: number, end: number): string {
    const behind = this.#from + this.#within.length;
    const shift = this.#to - behind;
    return (
      this.#base.slice(Math.min(start, this.#from), Math.min(end, this.#from)) +
      this.#within.slice(Math.max(0, start - this.#from), Math.max(0, end - this.#from)) +
      this.#base.slice(Math.max(start, behind) + shift, Math.max(end, behind) + shift)
    );
  }

  after({ span: { start, end }, text }: TextEdit): EditedText {
    const isFirst = this.#from === this.#to && this.#within === "";
    const from = isFirst ? start : Math.min(start, this.#from);
    const behind = this.#from + this.#within.length;
    const until = isFirst ? end : Math.max(end, behind);
    if (until - from > mostWithin && !isFirst) return EditedText.of(this.whole()).after({ span: { start, end }, text });
    const within = this.slice(from, start) + text + this.slice(end, until);
    return new EditedText(this.#base, from, until + this.#to - behind, within);
  }
}
