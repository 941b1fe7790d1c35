/**
 * Controls, line ends, and what turns the line or cannot be seen. Joiners stay, which scripts and emoji need.
 */
const moving =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

/** A text that is not ours, on one line: nothing in it acts on a terminal, or hides what stands beside it. */
export function visible(text: string): string {
  return text.replace(moving, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
