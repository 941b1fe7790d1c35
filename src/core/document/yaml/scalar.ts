/** How a text of one line, or a name, is written. */
export type Quote = "plain" | "double" | "single";

/** What YAML 1.1 or 1.2 reads as something else than a text. */
const words: ReadonlySet<string> = new Set(
  ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
    .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
    .concat("~", "=", "<<"),
);

const values: readonly RegExp[] = [
  // Numbers of YAML 1.2 and of 1.1, with those to the base of 60.
  /^[-+]?[0-9][0-9_]*$/,
  /^[-+]?0b[01_]+$/,
  /^0o[0-7]+$/,
  /^[-+]?0x[0-9a-fA-F_]+$/,
  /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
  /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[-+]?\.(?:inf|Inf|INF)$/,
  /^\.(?:nan|NaN|NAN)$/,
  // Dates and times.
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt \t])/,
];

/** Where one of these comes first, YAML reads something else than a plain text. */
const indicators = ",[]{}#&*!|>'\"%@`";

/** What cannot stand in a text as it is, and what an editor would not show. */
const unprintable =
  /[^\t\n\x20-\x7e\xa1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ufdcf\ufdf0-\ufefe\uff00-\uffef]/u;

/** Whether a text without quotes is read as that text, by YAML 1.1 and by 1.2. */
export function canBePlain(text: string, isInFlow: boolean): boolean {
  if (text === "" || text !== text.trim() || words.has(text)) return false;
  const first = text.charAt(0);
  if (indicators.includes(first) || (first === "-" && /^(?:-(?:\s|$)|---)/.test(text))) return false;
  if (first === "?" || first === ":" || text.startsWith("...")) return false;
  if (text.includes(": ") || text.endsWith(":") || text.includes(" #")) return false;
  if (/[\t\r\n]/.test(text) || isUnprintable(text)) return false;
  if (isInFlow && (/[,[\]{}]/.test(text) || text === "-")) return false;
  return !values.some((value) => value.test(text));
}

/**
 * A text on one line.
 * @param needed the quotes that one gets which has to have some
 */
export function renderText(text: string, quote: Quote, isInFlow: boolean, needed?: Quote): string {
  if (quote !== "plain") return quoted(text, quote);
  if (canBePlain(text, isInFlow)) return text;
  return quoted(text, needed ?? (/["\\]/.test(text) && !text.includes("'") ? "single" : "double"));
}

function quoted(text: string, quote: Quote): string {
  return quote === "single" ? single(text) : double(text);
}

function single(text: string): string {
  return /[\t\r\n]/.test(text) || isUnprintable(text) ? double(text) : `'${text.replaceAll("'", "''")}'`;
}

function double(text: string): string {
  let written = "";
  for (const character of JSON.stringify(text)) written += isUnprintable(character) ? escaped(character) : character;
  return written;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, "0")}`;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Letters beyond the first 65,536 characters are shown as they are: emoji are such. */
function isUnprintable(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff ? (code & 0xfffe) === 0xfffe : unprintable.test(character)) return true;
  }
  return false;
}

/**
 * The lines of a text that may stand as they are below a `|`, and that sign; `undefined` where quotes have to tell how
 * it begins or ends.
 */
export function literalOf(text: string): { readonly sign: string; readonly lines: readonly string[] } | undefined {
  if (!text.includes("\n") || /[\r\t]/.test(text) || isUnprintable(text)) return undefined;
  const lines = text.split("\n");
  const isEnded = lines.at(-1) === "";
  if (isEnded) lines.pop();
  const [first = "", last = ""] = [lines[0], lines.at(-1)];
  if (first === "" || last === "" || first.startsWith(" ")) return undefined;
  if (lines.some((line) => line.endsWith(" "))) return undefined;
  return { sign: isEnded ? "|" : "|-", lines };
}
