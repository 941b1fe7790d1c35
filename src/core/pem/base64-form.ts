import { startOfRun } from "../text.ts";
import { alphabet, isBase64 } from "./base64.ts";
import { readPem } from "./blocks.ts";
import { beforeOnLine, type Form, fewestBytes, firstLine, isComment, soundBytes } from "./hidden-forms.ts";
import { nearNextLine, nextLine, skipBlanks } from "./lines.ts";
import { longestBody } from "./open-body.ts";

// PEM in Base64.

const decoder = new TextDecoder();

/** Behind the last of some lines, or of what a string holds. */
function endOfBase64(text: string, start: number): number {
  let end = start;
  const most = start + longestBody;
  for (let line = start; line < Math.min(most, text.length); line = nextLine(text, line)) {
    const first = skipBlanks(text, line);
    let stop = first;
    while (stop < most && (isBase64(text.charCodeAt(stop)) || text.charCodeAt(stop) === 61)) stop++;
    if (stop >= most) return stop;
    const rest = text.slice(stop, nearNextLine(text, stop, 20));
    if (stop - first < 4 || rest.trim() !== "") return line === start && /^["'`,;\s]*$/.test(rest) ? stop : end;
    end = stop;
    if (text.charCodeAt(stop - 1) === 61) break;
  }
  return end;
}

/** @param at of what `-----BEGIN` becomes */
export function base64At(text: string, at: number, floor: number): Form | { readonly skip: number } {
  let start = at;
  const before = beforeOnLine(text, at, floor);
  start -= before.length - startOfRun(before, alphabet);
  const lead = before.slice(0, before.length - (at - start));
  if (isComment(lead)) return { skip: nextLine(text, at) };
  const end = endOfBase64(text, start);
  if (end - start >= longestBody) return { skip: end };
  const bytes = soundBytes(text.slice(start, end));
  const decoded = bytes === undefined ? "" : decoder.decode(bytes);
  const blocks = readPem(decoded).chunks.flatMap(({ block }) => block ?? []);
  const [block] = blocks;
  const isSound =
    blocks.length > 0 && blocks.every((one) => one.kind === "private-key" || (one.bytes ?? "").length >= fewestBytes);
  if (block === undefined || !isSound) return { skip: Math.max(end, at + 10) };
  const key = blocks.find(({ kind }) => kind === "private-key");
  return {
    label: (key ?? block).label,
    at: firstLine(text, start),
    core: { start, end },
    how: "base64",
    before: lead,
    isPrefixed: false,
    text: key !== undefined ? undefined : `${decoded.trimEnd()}\n`,
  };
}
