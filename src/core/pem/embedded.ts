import type { Span } from "../text.ts";
import { writePem } from "./blocks.ts";
import { boundaryText, kindOf } from "./boundary.ts";
import { separatedIn, wholeBytes } from "./separated.ts";

/** How far around the offset a block may reach, in characters: the longest certificates are some 70,000. */
const farthest = 131_072;

export interface EmbeddedPem {
  /** From the first dash of BEGIN to the last dash of END. */
  readonly span: Span;
  /** As a PEM file would have it; without the body, where that is a private key. */
  readonly text: string;
}

/**
 * The block around an offset in any text: also in a string, where line ends are escaped, in comments, in lines that are
 * put together.
 */
export function pemAt(text: string, offset: number): EmbeddedPem | undefined {
  const base = Math.max(0, offset - farthest);
  const near = text.slice(base, offset + farthest);
  const start = near.lastIndexOf("-----BEGIN ", offset - base);
  const [begin, label] =
    start < 0 ? [] : (/^-----BEGIN ([ -,.-[\]-~]{1,64})-----/.exec(near.slice(start, start + 90)) ?? []);
  if (begin === undefined || label === undefined) return undefined;
  const closing = boundaryText("END", label);
  const bodyStart = start + begin.length;
  const bodyEnd = near.indexOf(closing, bodyStart);
  const end = bodyEnd + closing.length;
  if (bodyEnd < 0 || base + end < offset) return undefined;
  const body = near.slice(bodyStart, bodyEnd);
  if (body.includes("-----BEGIN ")) return undefined;
  const kind = kindOf(label);
  const lines = kind === "private-key" ? [] : linesOf(body, prefixOf(near, start));
  const values = kind === "trusted-certificate" ? 2 : 1;
  const isWhole = kind === "private-key" || wholeBytes(lines.join(""), values) !== undefined;
  const separated = isWhole ? undefined : separatedIn(body, values);
  const written = separated && writePem(label, separated.bytes);
  return {
    span: { start: base + start, end: base + end },
    text: written ?? [begin, ...lines, closing, ""].join("\n"),
  };
}

/** What stands on the line before BEGIN: a comment has it on every line. */
function prefixOf(text: string, start: number): string {
  return text.slice(Math.max(text.lastIndexOf("\n", start), text.lastIndexOf("\r", start)) + 1, start);
}

/** Whether each line of a body begins with what stands before BEGIN. */
export function isPrefixed(body: string, prefix: string): boolean {
  const written = body.split(/\r\n?|\n/);
  return prefix.trim() !== "" && written.length > 2 && written.slice(1).every((line) => line.startsWith(prefix));
}

/** The lines of a body, without what a string or a comment puts around each of them. */
export function linesOf(body: string, prefix: string): string[] {
  const hasPrefix = isPrefixed(body, prefix);
  // The first piece stands behind BEGIN, and the last one before END.
  return body
    .split(/\r\n?|\n/)
    .map((line, index) => (hasPrefix && index > 0 ? line.slice(prefix.length) : line))
    .flatMap((line) => unescaped(unquoted(line)).split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Without the marks of a string that goes on in the next line, and what puts the two together. */
function unquoted(line: string): string {
  const bare = line
    .trim()
    .replace(/["'`]\s*[+.,;&)\\]*$/, "")
    .replace(/\\$/, "")
    .replace(/^(?:[+.&]\s*)?["'`]/, "");
  // Of a line that says nothing else, the sign that puts two together would be base64.
  return bare.length < line.length && !/[^\s+.,;&()"'`]/.test(line) ? "" : bare;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["r", "\n"],
  ["n", "\n"],
  ["t", " "],
  ["/", "/"],
]);

/** Line ends, `\/` and `\u003d` as strings escape them, once or more often. */
function unescaped(line: string): string {
  return line.replace(/\\+(?:u00([0-9a-f]{2})|([rnt/]))?/gi, (whole, hex?: string, short?: string) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
    return shortEscapes.get(short ?? "") ?? whole;
  });
}
