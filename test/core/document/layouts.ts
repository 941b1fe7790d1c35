import type { Json, Syntax } from "../../../src/core/document/tree.ts";

/** A way to lay a JSON document out. */
export interface Layout {
  readonly name: string;
  readonly syntax: Syntax;
  readonly write: (value: Json) => string;
}

export const layouts: readonly Layout[] = [
  plain("two spaces", (value) => `${JSON.stringify(value, undefined, 2)}\n`),
  plain("four spaces", (value) => `${JSON.stringify(value, undefined, 4)}\n`),
  plain("tabs", (value) => `${JSON.stringify(value, undefined, "\t")}\n`),
  plain("four spaces, CRLF", (value) => `${JSON.stringify(value, undefined, 4)}\n`.replaceAll("\n", "\r\n")),
  plain("minified", (value) => JSON.stringify(value)),
  plain("small objects on one line", (value) => `${inline(value, "")}\n`),
  { name: "comments and trailing commas", syntax: "jsonc", write: (value) => commented(value) },
  plain("braces closed on the last line", (value) => `${closedEarly(value, "")}\n`),
  plain("odd indentation", (value) => odd(value)),
  { name: "comments everywhere", syntax: "jsonc", write: (value) => littered(value) },
];

function plain(name: string, write: (value: Json) => string): Layout {
  return { name, syntax: "json", write };
}

type Entry = readonly [key: string | undefined, value: Json];

/** The entries of an object or list; `undefined` for anything else and for what is empty. */
function entriesOf(value: Json): readonly Entry[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries: Entry[] = Array.isArray(value) ? value.map((item: Json) => [undefined, item]) : Object.entries(value);
  return entries.length === 0 ? undefined : entries;
}

function brackets(value: Json): readonly [string, string] {
  return Array.isArray(value) ? ["[", "]"] : ["{", "}"];
}

function named(key: string | undefined, text: string, colon = ": "): string {
  return key === undefined ? text : JSON.stringify(key) + colon + text;
}

function inline(value: Json, indent: string): string {
  const entries = entriesOf(value);
  if (entries === undefined) return JSON.stringify(value);
  const [open, close] = brackets(value);
  const deeper = `${indent}  `;
  if (entries.some(([, item]) => entriesOf(item) !== undefined)) {
    return `${open}\n${entries.map(([key, item]) => deeper + named(key, inline(item, deeper))).join(",\n")}\n${indent}${close}`;
  }
  const blank = open === "{" ? " " : "";
  return open + blank + entries.map(([key, item]) => named(key, JSON.stringify(item))).join(", ") + blank + close;
}

/** Every comment is another one, so that a lost one can be told. */
function commented(value: Json): string {
  let count = 0;
  const write = (part: Json, indent: string): string => {
    const entries = entriesOf(part);
    if (entries === undefined) return JSON.stringify(part);
    const [open, close] = brackets(part);
    const deeper = `${indent}  `;
    const lines = entries.map(([key, item], index) => {
      const number = count++;
      const text = named(key, write(item, deeper));
      const comma = index < entries.length - 1 || number % 2 === 0 ? "," : "";
      switch (number % 5) {
        case 0:
          return `${deeper}// before ${number}\n${deeper}${text}${comma}`;
        case 1:
          return `${deeper}${text}${comma} // behind ${number}`;
        case 2:
          return `${deeper}/* before ${number} */ ${text}${comma}`;
        case 3:
          return `${deeper}${text} /* between ${number} */${comma}`;
        default:
          return `${deeper}${text}${comma}\n${deeper}/* below ${number},\n${deeper}   two lines */`;
      }
    });
    return `${open}\n${lines.join("\n")}\n${indent}${close}`;
  };
  return `// a config\n${write(value, "")}\n/* the end */\n`;
}

function closedEarly(value: Json, indent: string): string {
  const entries = entriesOf(value);
  if (entries === undefined) return JSON.stringify(value);
  const [open, close] = brackets(value);
  const deeper = `${indent}    `;
  return `${open}\n${entries.map(([key, item]) => deeper + named(key, closedEarly(item, deeper))).join(",\n")}${close}`;
}

/** As grown by hand: several members a line, indents that follow no rule, commas at the start of lines. */
function odd(value: Json): string {
  let count = 0;
  const write = (part: Json): string => {
    const entries = entriesOf(part);
    if (entries === undefined) return JSON.stringify(part);
    const [open, close] = brackets(part);
    const written = entries.map(([key, item]) => named(key, write(item), [": ", " : ", ":", ":\t"][count++ % 4]));
    const separators = [", ", ",\n   ", "\n\t, ", ",\n\n  "];
    return (
      open +
      [" ", "\n ", "\t"][count % 3] +
      written.reduce((all, next) => all + separators[count++ % 4] + next) +
      ["", " ", "\n"][count++ % 3] +
      close
    );
  };
  return `\n ${write(value)}`;
}

/** Comments at every place where one may stand, in turn. */
function littered(value: Json): string {
  let count = 0;
  const gap = (): string => {
    const number = count++;
    return (
      [
        "",
        ` /* ${number} */`,
        "\n ",
        ` // ${number}\n`,
        " ",
        `\n  /* ${number},\n more */ `,
        ` // ${number}\n    // and ${number}\n  `,
      ][number % 7] ?? ""
    );
  };
  const write = (part: Json): string => {
    const entries = entriesOf(part);
    if (entries === undefined) return JSON.stringify(part);
    const [open, close] = brackets(part);
    const written = entries.map(
      ([key, item]) => (key === undefined ? "" : `${JSON.stringify(key) + gap()}:${gap()}`) + write(item),
    );
    return open + gap() + written.join(`${gap()},${gap()}`) + gap() + (count % 3 === 0 ? `,${gap()}` : "") + close;
  };
  return gap() + write(value) + gap();
}

/** The comments of a text, in its order, whatever their indentation; strings that look like one are none. */
export function commentsOf(text: string): string[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|(\/\/[^\r\n]*|\/\*[^]*?\*\/)/g)].flatMap(
    ([, comment]) => comment?.replaceAll(/\s+/g, " ") ?? [],
  );
}
