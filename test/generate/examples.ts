import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { diff } from "node:util";
import type { Example, ExampleLine } from "../../src/cli/example.ts";
import { decode } from "../../src/core/encoding.ts";
import { projectFolder } from "../launcher/places.ts";

/** Where another document than the shortest says best what a rule is about: by rule, its name. */
const preferred: Readonly<Record<string, string>> = {
  "bundle/private-key": "bad-in-a-trust-store",
  "domain-name/flag": "bad-rest-off",
  "file/wrapped-config": "bad-get-distribution-config",
  "origin/mtls-spelling": "bad-block-name",
  "pem/content": "bad-certificate-as-request",
  "trust-store/text": "bad-openssl",
  "viewer-mtls/flag": "bad-off",
};

/** The examples of `mtls-check explain`, not yet formatted: cut from the documents that break the rules. */
export function renderExamples(ids: readonly string[]): string {
  const examples = ids.toSorted().flatMap((id) => {
    const example = exampleOf(id);
    return example === undefined ? [] : [`${JSON.stringify(id)}: ${JSON.stringify(example)}`];
  });
  return [
    "// Written by `npm run generate` from the documents that break the rules, and their goldens.",
    'import type { Example } from "./example.ts";',
    "",
    "/** As texts: who does not ask for them does not wait for them to be read. */",
    `const lines: readonly string[] = [${examples.map((one) => JSON.stringify(one)).join(",\n")}];`,
    "",
    "/** By the rule's id. */",
    `export const examples: Readonly<Record<string, Example>> = JSON.parse(\`{\${lines.join(",")}}\`);`,
    "",
  ].join("\n");
}

// --- which document

/** A finding as a golden file tells it. */
export interface ToldFinding {
  readonly rule: string;
  readonly severity: string;
  /** One-based, as the golden file has it. */
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
  readonly message: string;
  /** The first one's. */
  readonly fix: { readonly title: string; readonly safe: boolean } | undefined;
}

interface Candidate {
  readonly path: string;
  readonly finding: ToldFinding;
  /** Findings of other rules: the fewer, the plainer. */
  readonly others: number;
  readonly fixedPath: string | undefined;
  readonly size: number;
}

const severities = ["error", "warning", "info"];

function exampleOf(id: string): Example | undefined {
  const candidates = candidatesFor(id);
  const usual = countedKinds(candidates);
  const rank = ({ finding, others, fixedPath, size, path }: Candidate): readonly number[] => [
    preferred[id] === basename(path, extname(path)) ? 0 : 1,
    severities.indexOf(finding.severity),
    fixedPath === undefined ? 1 : 0,
    others,
    -(usual.get(kindOf(finding.message)) ?? 0),
    size,
  ];
  const [best] = candidates.toSorted((one, other) => compareRanks(rank(one), rank(other)));
  if (best === undefined) return undefined;
  const { path, finding, fixedPath } = best;
  const syntax = path.endsWith(".pem") ? "pem" : path.endsWith(".yaml") ? "yaml" : "json";
  const before = shownLines(readText(path), syntax);
  const after = fixedPath === undefined ? undefined : shownLines(readText(fixedPath), syntax);
  const cut = cutTo(before, after, finding);
  return {
    says: saidBy(candidates, finding, usual),
    syntax,
    lines: cut.before,
    ...(finding.fix === undefined ? {} : { fix: { ...finding.fix, lines: cut.after } }),
  };
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function candidatesFor(id: string): Candidate[] {
  const folder = join(projectFolder, "test/rules", id);
  return globSync("bad-*.findings.txt", { cwd: folder })
    .sort()
    .flatMap((name): Candidate[] => {
      const findings = findingsIn(readFileSync(join(folder, name), "utf8"));
      const own = findings.filter(({ rule }) => rule === id);
      // What is marked is what the fixed text is about.
      const finding = own.find(({ fix }) => fix !== undefined) ?? own[0];
      const stem = join(folder, name.replace(/\.findings\.txt$/, ""));
      const path = ["json", "jsonc", "yaml", "pem"].map((type) => `${stem}.${type}`).find((file) => existsSync(file));
      if (finding === undefined || path === undefined) return [];
      const fixed = path.replace(/\.(\w+)$/, ".fixed.$1");
      return [
        {
          path,
          finding,
          others: findings.length - own.length,
          fixedPath: existsSync(fixed) ? fixed : undefined,
          size: statSync(path).size,
        },
      ];
    });
}

/** What a golden file tells. */
export function findingsIn(golden: string): ToldFinding[] {
  return golden.split(/\n(?=\S)/).flatMap((told): ToldFinding[] => {
    const [head = "", message = "", ...rest] = told.trimEnd().split("\n  ");
    const [, line, column, endLine, endColumn, severity = "", rule = ""] =
      /^(\d+):(\d+)-(\d+):(\d+) (\w+) (\S+)$/.exec(head) ?? [];
    if (rule === "") return [];
    const [, kind, title = ""] = /^(fix|offer): ([^]*)$/.exec(rest.find((one) => !one.startsWith("see ")) ?? "") ?? [];
    return [
      {
        rule,
        severity,
        start: { line: Number(line), column: Number(column) },
        end: { line: Number(endLine), column: Number(endColumn) },
        message,
        fix: kind === undefined ? undefined : { title, safe: kind === "fix" },
      },
    ];
  });
}

// --- what it says

/** Sentences of rules that say many things are not all shown. */
const mostSaid = 4;

/** A sentence without what it quotes: two that differ in that alone are of one kind. */
function kindOf(message: string): string {
  return message.replaceAll(/“[^”]*”|"[^"]*"|\d+/g, "…");
}

function countedKinds(candidates: readonly Candidate[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { finding } of candidates) {
    const kind = kindOf(finding.message);
    counted.set(kind, (counted.get(kind) ?? 0) + 1);
  }
  return counted;
}

/** Whether two sentences say the same of other members. */
function isAlike(one: string, other: string): boolean {
  const wordsOf = (message: string) => new Set(kindOf(message).split(/[^\w…]+/));
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared > 0.6 * (words.size + others.size - shared);
}

/** That of the example, and then what is said most often. */
function saidBy(
  candidates: readonly Candidate[],
  { message }: ToldFinding,
  usual: ReadonlyMap<string, number>,
): readonly string[] {
  const said = [message];
  const often = candidates
    .map(({ finding }) => finding.message)
    .toSorted((one, other) => (usual.get(kindOf(other)) ?? 0) - (usual.get(kindOf(one)) ?? 0));
  for (const one of often) if (!said.some((other) => isAlike(one, other))) said.push(one);
  return said.slice(0, mostSaid);
}

// --- what is shown of it

interface ShownLine {
  /** One-based; of several that are left out, the first. */
  readonly line: number;
  readonly lastLine: number;
  readonly text: string;
  /** It is as it stands in the document. */
  readonly isWhole: boolean;
}

function readText(path: string): string {
  return decode(readFileSync(path)).text;
}

const leftOut = "…";

/** Long words that nobody reads: Base64, hex. Names of members and ARNs are none. */
const longWord = /(?:[A-Za-z0-9+/=]|\\[nrt/]|%[0-9A-F]{2}){28,}/g;
const boundary = /-{2,}\s*(?:BEGIN|END)\s[^-]*-{2,}/i;

/** A document's lines, without what stands between the boundaries of PEM, and without what is as unreadable. */
function shownLines(text: string, syntax: Example["syntax"]): readonly ShownLine[] {
  const shown: ShownLine[] = [];
  let isInBlock = false;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const told = syntax === "pem" ? isInBlock && !boundary.test(raw) : false;
    if (syntax === "pem" && boundary.test(raw)) isInBlock = /BEGIN/i.test(raw) && !/END/i.test(raw);
    const masked = told ? raw.replaceAll(/[A-Za-z0-9+/=]+/g, leftOut).replaceAll(/…[\s…]*…/g, leftOut) : masking(raw);
    const last = shown.at(-1);
    if (masked.trim() === leftOut && last !== undefined && last.text.trim() === leftOut)
      shown[shown.length - 1] = { ...last, lastLine: index + 1 };
    else shown.push({ line: index + 1, lastLine: index + 1, text: masked, isWhole: masked === raw });
  }
  if (shown.at(-1)?.text === "") shown.pop();
  return shown;
}

function masking(text: string): string {
  return text.replaceAll(longWord, (word) =>
    /\d/.test(word) && (/[A-Z]/.test(word) || /^[\da-f]+$/.test(word)) ? leftOut : word,
  );
}

/** Lines around what is marked, and around what a fix changes. */
const around = 1;
/** Objects around it whose names are shown. */
const mostAncestors = 3;
/** Of a text; of a longer one, what a fix changes is not shown. */
const mostLines = 12;

function cutTo(
  before: readonly ShownLine[],
  after: readonly ShownLine[] | undefined,
  { start, end }: ToldFinding,
): { readonly before: readonly ExampleLine[]; readonly after: readonly ExampleLine[] } {
  const at = Math.max(
    0,
    before.findIndex(({ lastLine }) => lastLine >= start.line),
  );
  const marked = before[at];
  const own = new Set([...near(at, before.length), ...ancestorsOf(before, at)]);
  const mark =
    marked === undefined
      ? undefined
      : marked.isWhole
        ? { from: start.column - 1, to: end.line === start.line ? end.column - 1 : marked.text.length }
        : { from: marked.text.length - marked.text.trimStart().length, to: marked.text.length };
  const texts = (lines: readonly ShownLine[]) => lines.map(({ text }) => text);
  // What is shown of both: places in each.
  const [inBefore, inAfter] = [new Set(own), new Set<number>()];
  let [one, other] = [0, 0];
  for (const [operation] of after === undefined ? [] : diff(texts(before), texts(after))) {
    // Node's order is that of an assertion: 1 is what only the first has, -1 what only the second has.
    if (operation === 0 && own.has(one)) inAfter.add(other);
    if (operation === 1) for (const place of near(one, before.length)) inBefore.add(place);
    if (operation === -1) for (const place of near(other, after?.length ?? 0)) inAfter.add(place);
    if (operation >= 0) one++;
    if (operation <= 0) other++;
  }
  const isBoth = after !== undefined && inAfter.size <= mostLines && inBefore.size <= mostLines;
  const beforeLines = chosen(before, isBoth ? inBefore : own, at, mark);
  const afterLines = isBoth ? chosen(after, inAfter, -1, undefined) : [];
  // Where all that is left is brackets, nothing is to be seen.
  const isEmpty = afterLines.every(({ text }) => isBracketText(text));
  const isSame = beforeLines.map(({ text }) => text).join("\n") === afterLines.map(({ text }) => text).join("\n");
  return { before: beforeLines, after: isSame || isEmpty ? [] : afterLines };
}

function near(at: number, length: number): number[] {
  return Array.from({ length: around * 2 + 1 }, (_, index) => at - around + index).filter(
    (place) => place >= 0 && place < length,
  );
}

/** The lines of the names that a line stands below, by how they are indented. */
function ancestorsOf(lines: readonly ShownLine[], at: number): number[] {
  const indentOf = ({ text }: ShownLine) => text.length - text.trimStart().length;
  const found: number[] = [];
  const marked = lines[at];
  let indent = marked === undefined ? 0 : indentOf(marked);
  for (let place = at - 1; place >= 0 && indent > 0 && found.length < mostAncestors; place--) {
    const line = lines[place];
    if (line === undefined || line.text.trim() === "" || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    if (/\w/.test(line.text)) found.push(place);
  }
  return found;
}

/** Characters of a line. */
const mostCharacters = 120;

function chosen(
  lines: readonly ShownLine[],
  places: ReadonlySet<number>,
  at: number,
  mark: ExampleLine["mark"] | undefined,
): ExampleLine[] {
  const inOrder = [...places].sort((one, other) => one - other);
  // Brackets around what is shown say nothing.
  while (inOrder.length > 1 && inOrder[0] !== at && isBracket(lines[inOrder[0] ?? 0])) inOrder.shift();
  const end = () => inOrder.at(-1) ?? 0;
  while (inOrder.length > 1 && end() !== at && isBracket(lines[end()])) inOrder.pop();
  const indent = Math.min(
    ...inOrder.flatMap((place) => {
      const text = lines[place]?.text ?? "";
      return text.trim() === "" ? [] : [text.length - text.trimStart().length];
    }),
  );
  return inOrder.flatMap((place, index): ExampleLine[] => {
    const { line, text, isWhole } = lines[place] ?? { line: 0, text: "", isWhole: false };
    const isGap = index > 0 && (inOrder[index - 1] ?? 0) + 1 < place;
    const [from, to] = place === at && mark !== undefined ? [mark.from - indent, mark.to - indent] : [0, 0];
    const cut = text.slice(indent);
    const isLong = cut.length > mostCharacters;
    return [
      ...(isGap ? [{ text: leftOut }] : []),
      {
        ...(isWhole || text.trim() !== leftOut ? { line } : {}),
        text: isLong ? `${cut.slice(0, mostCharacters)}${leftOut}` : cut,
        ...(to > from ? { mark: { from: Math.min(from, mostCharacters), to: Math.min(to, mostCharacters + 1) } } : {}),
      },
    ];
  });
}

function isBracket(line: ShownLine | undefined): boolean {
  return line !== undefined && isBracketText(line.text);
}

function isBracketText(text: string): boolean {
  return /^[\s[\]{},]*$/.test(text);
}
