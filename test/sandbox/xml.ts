// A reader of the XML that clients send, and a writer of what they get. Nothing here is shared with the extension's
// own.

export interface Node {
  readonly name: string;
  /** As written, between the name and `>`. */
  readonly attributes: string;
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly children: readonly Node[];
}

/** Deeper than anything of CloudFront's. */
const mostLevels = 48;

interface Open {
  readonly name: string;
  readonly attributes: string;
  readonly start: number;
  readonly contentStart: number;
  readonly children: Node[];
}

/** The root element, or why there is none. */
export function readXml(text: string): Node | string {
  const token =
    /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<\/([^\s>]+)\s*>|<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|[^<]+/gy;
  const open: Open[] = [];
  let root: Node | undefined;
  const close = (element: Open, contentEnd: number, end: number): void => {
    const node: Node = { ...element, contentEnd, end };
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  };
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return `not XML at ${at}`;
    const [all, closing, name, attributes = "", selfClosing] = found;
    if (all === "<") return `not XML at ${at}`;
    if (closing !== undefined) {
      const element = open.pop();
      if (element?.name !== closing) return `</${closing}> closes nothing at ${at}`;
      close(element, at, token.lastIndex);
    } else if (name !== undefined) {
      if (root !== undefined) return `a second root at ${at}`;
      if (open.length === mostLevels) return `too deep at ${at}`;
      const element: Open = {
        name,
        attributes: attributes.trim(),
        start: at,
        contentStart: token.lastIndex,
        children: [],
      };
      if (selfClosing === "/") close(element, token.lastIndex, token.lastIndex);
      else open.push(element);
    } else if (open.length === 0 && !all.startsWith("<") && all.trim() !== "") {
      return `text outside at ${at}`;
    } else if (!all.startsWith("<") && /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/.test(all)) {
      return `an unknown reference at ${at}`;
    }
  }
  return root ?? "no element";
}

/**
 * The elements at the top of a text that was read before, and no deeper: for what is as large as a page of
 * distributions.
 */
export function topElements(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const token = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<(\/?)([^\s/>]+)(?:[^"'>]|"[^"]*"|'[^']*')*>/g;
  let depth = 0;
  let start = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [all, closing, name] = match;
    if (name === undefined) continue;
    if (closing === "" && depth === 0) start = match.index;
    if (closing === "/") depth -= 1;
    else if (!all.endsWith("/>")) depth += 1;
    if (depth === 0) found.set(name, text.slice(start, token.lastIndex));
  }
  return found;
}

export function child(node: Node, name: string): Node | undefined {
  return node.children.find((one) => one.name === name);
}

/** The character data of an element that has no others in it. */
export function textOf(xml: string, node: Node): string {
  const parts = xml
    .slice(node.contentStart, node.contentEnd)
    .replaceAll(/<!--[^]*?-->/g, "")
    .split(/<!\[CDATA\[([^]*?)\]\]>/);
  return parts.map((part, at) => (at % 2 === 1 ? part : unescape(part))).join("");
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replaceAll(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? "";
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}

export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An element around others, or around nothing. */
export function element(name: string, ...content: readonly string[]): string {
  return `<${name}>${content.join("")}</${name}>`;
}

/** An element around a value. */
export function value(name: string, content: string | number | boolean): string {
  return `<${name}>${escape(String(content))}</${name}>`;
}

/** `Quantity`, and `Items` where there are any. */
export function list(name: string, items: readonly string[], ...more: readonly string[]): string {
  return element(
    name,
    ...more,
    value("Quantity", items.length),
    ...(items.length === 0 ? [] : [element("Items", ...items)]),
  );
}
