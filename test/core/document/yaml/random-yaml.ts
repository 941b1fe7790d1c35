// Documents of YAML in random styles, and random changes of them with what they mean.
import { isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";

/** What a document means: computed values by what they call. */
export type Meaning = string | number | boolean | null | Meaning[] | { [key: string]: Meaning };

/** @throws where YAML of that version does not read it */
export function meaningOf(text: string, version: "1.1" | "1.2"): Meaning {
  const document = parseDocument(text, {
    uniqueKeys: false,
    logLevel: "silent",
    version,
    ...(version === "1.2" ? { schema: "core" } : {}),
  });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return meaning(document.contents);
}

function meaning(node: unknown): Meaning {
  if (node === null) return null;
  if (isAlias(node)) return { "*": node.source };
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) throw new Error("Not a node");
  const { tag } = node;
  const plain = isMap(node)
    ? Object.fromEntries(
        node.items.map(({ key, value }) => [String((key as { value: unknown }).value), meaning(value)]),
      )
    : isSeq(node)
      ? node.items.map(meaning)
      : (node.value as Meaning);
  return tag?.startsWith("!") === true ? { [tag]: plain } : plain;
}

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
    const mixed = Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 12)) >>> 0) % count;
  }

  of<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  one(outOf: number): boolean {
    return this.below(outOf) === 0;
  }
}

const texts = ["a", "b c", "example.com", "x-y", "Z/1", "${A}/b", "don't", "a:b"];
const quotedTexts = ["off", "22:22", "", "a: b", " c", "# no", "1", "x, y", 'a "b"'];

/** Writes one document; each of its comments is there once. */
export class RandomYaml {
  readonly #chance: Chance;
  readonly #step: number;
  readonly #dashes: number;
  readonly #comments: number;
  readonly #quote: string;
  readonly #pad: string;
  #count = 0;
  #left: number;
  readonly #aliases: boolean;
  readonly #anchors: string[] = [];

  /** @param aliases whether something stands for what stands before it */
  constructor(chance: Chance, size: number, aliases = false) {
    this.#aliases = aliases;
    this.#chance = chance;
    this.#step = chance.of([2, 2, 4]);
    this.#dashes = chance.of([0, 2]);
    this.#comments = chance.of([0, 4, 10]);
    this.#quote = chance.of(["", "", '"', "'"]);
    this.#pad = chance.of(["", " "]);
    this.#left = size;
  }

  write(): string {
    const chance = this.#chance;
    const root = chance.one(8) ? this.#list(0) : this.#object(0);
    const start = chance.one(6) ? ["---"] : [];
    const end = chance.one(8) ? ["..."] : [];
    const lines = [...start, ...root, ...this.#remarks(0), ...end];
    const text = lines.join("\n") + (chance.one(4) ? "" : "\n");
    return chance.one(4) ? text.replaceAll("\n", "\r\n") : text;
  }

  #object(column: number): string[] {
    const count = 1 + this.#chance.below(4);
    const lines: string[] = [];
    for (let index = 0; index < count; index++) {
      const key = this.#key();
      lines.push(
        ...this.#remarks(column),
        ...this.#behind(`${" ".repeat(column)}${key}:`, column, this.#step, this.#dashes),
      );
    }
    return lines;
  }

  #list(column: number): string[] {
    const count = 1 + this.#chance.below(3);
    const lines: string[] = [];
    for (let index = 0; index < count; index++) {
      lines.push(...this.#remarks(column));
      const dash = `${" ".repeat(column)}-`;
      if (this.#left-- > 0 && this.#chance.one(2)) {
        const inner = this.#chance.one(5) ? this.#list(column + 2) : this.#object(column + 2);
        const first = inner.findIndex((line) => !line.trim().startsWith("#") && line.trim() !== "");
        // Comments above the first one stand above the dash.
        lines.push(...inner.slice(0, first).map((line) => line.slice(2)));
        lines.push(dash + (inner[first] ?? "").slice(column + 1), ...inner.slice(first + 1));
      } else lines.push(...this.#behind(dash, column, 2, 2));
    }
    return lines;
  }

  /** What is behind a name or a dash. */
  #behind(before: string, column: number, step: number, dashes: number): string[] {
    const chance = this.#chance;
    this.#left--;
    if (this.#anchors.length > 0 && chance.one(6)) return [`${before} *${chance.of(this.#anchors)}${this.#remark()}`];
    const name = chance.one(this.#aliases ? 5 : 15) ? `n${this.#count++}` : undefined;
    const anchor = name === undefined ? "" : ` &${name}`;
    const kind = this.#left > 0 ? chance.below(10) : chance.below(5);
    if (kind >= 8) return [before + anchor + this.#remark(), ...this.#list(column + dashes)];
    if (kind >= 6) return [before + anchor + this.#remark(), ...this.#object(column + step)];
    if (kind === 5) return [`${before}${anchor} ${this.#flow(column, 2)}${this.#remark()}`];
    if (kind === 4) return this.#special(before, column);
    if (name !== undefined && this.#aliases) this.#anchors.push(name);
    return [`${before}${anchor} ${this.#scalar(false)}${this.#remark()}`];
  }

  #special(before: string, column: number): string[] {
    const inner = " ".repeat(column + 3);
    switch (this.#chance.below(8)) {
      case 0:
        return [`${before} |`, `${inner}text: 1`, "", `${inner}  # no comment`];
      case 1:
        return [`${before} >-`, `${inner}folded`, `${inner}text`];
      case 2:
        return [`${before} !Sub |`, `${inner}a \${B}`];
      case 3:
        return [
          `${before} !If${this.#remark()}`,
          `${inner}- c`,
          ...this.#remarks(column + 3),
          `${inner}- !Ref D`,
          `${inner}- e: 1`,
        ];
      case 4:
        return [`${before} "in two`, `${inner}lines"${this.#remark()}`];
      case 5:
        return this.#multiline(before, column);
      case 6:
        return [`${before} ${this.#chance.of(["{}", "[]"])}${this.#remark()}`];
      default:
        return [before.endsWith(":") ? before + this.#remark() : `${before} x`];
    }
  }

  #multiline(before: string, column: number): string[] {
    const isObject = this.#chance.one(2);
    const inner = " ".repeat(column + 3);
    const count = 1 + this.#chance.below(3);
    const lines = [`${before} ${isObject ? "{" : "["}${this.#remark()}`];
    for (let index = 0; index < count; index++) {
      const comma = index < count - 1 || this.#chance.one(3) ? "," : "";
      lines.push(...this.#remarks(column + 3));
      lines.push(`${inner}${isObject ? `${this.#key()}: ` : ""}${this.#scalar(true)}${comma}${this.#remark()}`);
    }
    return [...lines, `${" ".repeat(column + 1)}${isObject ? "}" : "]"}${this.#remark()}`];
  }

  #flow(column: number, depth: number): string {
    const chance = this.#chance;
    const entries = Array.from({ length: chance.below(4) }, () => {
      this.#left--;
      return depth > 0 && chance.one(3) ? this.#flow(column, depth - 1) : this.#scalar(true);
    });
    if (chance.one(2)) return `[${entries.join(", ")}]`;
    if (entries.length === 0) return "{}";
    return `{${this.#pad}${entries.map((entry) => `${this.#key()}: ${entry}`).join(", ")}${this.#pad}}`;
  }

  #scalar(isInFlow: boolean): string {
    const chance = this.#chance;
    switch (chance.below(8)) {
      case 0:
        return chance.of(["1", "80", "true", "false", "1.5"]);
      case 1:
        return chance.of([
          "!Ref Abc",
          "!GetAtt A.Arn",
          "!Sub 'x${Y}'",
          "!If [a, b, !Ref C]",
          isInFlow ? "!Ref D" : "!Ref",
        ]);
      case 2:
        return JSON.stringify(chance.of(quotedTexts));
      default: {
        const text = chance.of(texts);
        if (this.#quote === "'") return `'${text.replaceAll("'", "''")}'`;
        if (this.#quote === '"' || (isInFlow && /[{}]/.test(text))) return `"${text}"`;
        return text;
      }
    }
  }

  #key(): string {
    const name = `K${this.#count++}`;
    return this.#chance.one(12) ? `"${name}"` : name;
  }

  #remark(): string {
    if (this.#comments === 0 || !this.#chance.one(this.#comments)) return this.#chance.one(20) ? " " : "";
    return ` ${this.#comment()}`;
  }

  #remarks(column: number): string[] {
    const chance = this.#chance;
    if (this.#comments === 0 || !chance.one(this.#comments)) return [];
    const lines = [" ".repeat(column) + this.#comment()];
    if (chance.one(3)) lines.push(" ".repeat(column) + this.#comment());
    if (chance.one(3)) lines.unshift("");
    return lines;
  }

  #comment(): string {
    return `#c${this.#count++};`;
  }
}
