/** What turns a line, or cannot be seen: in JSON there is another way to write it. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** For programs, and safe to look at in a terminal. */
export function jsonText(value: object): string {
  const text = JSON.stringify(value, undefined, 2).replace(unseen, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
  return `${text}\n`;
}
