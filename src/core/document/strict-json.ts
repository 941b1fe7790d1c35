import { ReadMember } from "./read-member.ts";
import type { Container, Node, ScalarNode } from "./tree.ts";

/** Far more than any config has: whatever walks a tree calls itself for each level. */
const mostLevels = 200;

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/**
 * Reads JSON that is well formed and has no comments, as nearly every document is nearly always, in a
 * third of the time the tolerant reader takes. `undefined` for everything else: what is wrong with it,
 * and what can be read all the same, is that reader's business alone.
 * @param shift added to every offset, for a text that is a part of a longer one
 */
export function readStrictJson(text: string, shift: number): Node | undefined {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let root: Node | undefined;
  let container: Container | undefined;
  let member: ReadMember | undefined;
  let depth = 0;

  /** The next character that is no blank; `NaN` at the end. */
  const next = (): number => {
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
    return code;
  };
  /** The text in quotes at `at`, which moves behind it. */
  const readText = (): string | undefined => {
    const start = at;
    let escaped = false;
    for (let code = text.charCodeAt(++at); code !== 0x22; code = text.charCodeAt(++at)) {
      if (code === 0x5c) {
        escaped = true;
        at++;
      } else if (!(code >= 0x20)) return undefined;
    }
    at++;
    return escaped ? unescape(text.slice(start, at)) : text.slice(start + 1, at - 1);
  };
  /** A name and its colon. */
  const readName = (): boolean => {
    if (container?.kind !== "object" || next() !== 0x22) return false;
    const start = at;
    const key = readText();
    if (key === undefined) return false;
    member = new ReadMember(key, shift + start, shift + at, container);
    container.members.push(member);
    if (next() !== 0x3a) return false;
    at++;
    return true;
  };
  const attach = (node: Node): void => {
    if (container === undefined) root = node;
    else if (container.kind === "list") container.items.push(node);
    else if (member !== undefined) {
      member.value = node;
      member.end = node.end;
    }
  };

  for (;;) {
    const code = next();
    const start = shift + at;
    if (code === 0x7b || code === 0x5b) {
      const node: Container = code === 0x7b ? { kind: "object", members: [], parent: container, start, end: start + 1 } : { kind: "list", items: [], parent: container, start, end: start + 1 };
      if (++depth > mostLevels) return undefined;
      attach(node);
      container = node;
      at++;
      if (next() !== code + 2) {
        if (code === 0x7b && !readName()) return undefined;
        continue;
      }
    } else {
      const value = code === 0x22 ? readText() : readWord(text, at);
      if (value === undefined) return undefined;
      if (code !== 0x22) at += value === null ? 4 : typeof value === "boolean" ? String(value).length : number.lastIndex - at;
      const node: ScalarNode = { kind: "scalar", value, parent: container, start, end: shift + at };
      attach(node);
    }
    // Behind a value: what holds it ends, as often as may be, or goes on.
    for (;;) {
      const code = next();
      if (container === undefined) return at === text.length ? root : undefined;
      at++;
      if (code === 0x2c) {
        if (container.kind === "object" && !readName()) return undefined;
        break;
      }
      if (code !== (container.kind === "object" ? 0x7d : 0x5d)) return undefined;
      container.end = shift + at;
      const holder: Container | undefined = container.parent;
      const held = holder?.kind === "object" ? holder.members.at(-1) : undefined;
      if (held instanceof ReadMember) held.end = container.end;
      container = holder;
      depth--;
    }
  }
}

/** `true`, `false`, `null` or a number, at that offset. */
function readWord(text: string, at: number): number | boolean | null | undefined {
  if (text.startsWith("true", at)) return true;
  if (text.startsWith("false", at)) return false;
  if (text.startsWith("null", at)) return null;
  number.lastIndex = at;
  const found = number.exec(text);
  return found === null ? undefined : Number(found[0]);
}

function unescape(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}
