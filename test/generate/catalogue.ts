import { advice } from "../launcher/advice.ts";
import { camelCase, type DeclaredRule } from "./rules.ts";
import { partialLists, type RuleList, ruleLists } from "./subjects.ts";

/**
 * The catalogue, not yet formatted. Which rules there are, and in which list, the rules say; in which order they stand
 * is the one thing that is kept from the text before, because findings at one place are shown in it.
 */
export function renderCatalogue(rules: readonly DeclaredRule[], before: string): string {
  const lists = ruleLists.map((list) => ({
    list,
    ids: inOrder(
      rules.filter(({ subject }) => subject === list.subject).map(({ card }) => card.id),
      idsIn(before, list.name),
    ),
  }));
  for (const { card, subject } of rules) {
    if (ruleLists.some((list) => list.subject === subject)) continue;
    const known = ruleLists.map((list) => list.subject).join(", ");
    throw advice(
      `No list takes the rule ${card.id}, a Rule<${subject}>: it must be about one of ${known}; test/generate/subjects.ts lists them.`,
    );
  }
  return [
    "// Written by `npm run generate` from the files of the rules. Only the order within a list is kept as it is here:",
    "// findings at the same place are shown in it.",
    ...importsOf(ruleLists),
    ...rules.map(({ card: { id }, name }) => `import { ${named(name, constant(id))} } from "./${id}.ts";`),
    "",
    ...lists.flatMap(({ list, ids }) => [
      ...renderList(list, ids),
      ...partialLists
        .filter(({ of }) => of === list.name)
        .flatMap(({ name, comment, idsBeginWith }) =>
          renderList(
            { name, comment, subject: list.subject },
            ids.filter((id) => id.startsWith(idsBeginWith)),
          ),
        ),
    ]),
    "",
    `export const catalogue: readonly RuleCard[] = [${ruleLists.map(({ name }) => `...${name}`).join(", ")}];`,
    "",
  ].join("\n");
}

function importsOf(lists: readonly RuleList[]): string[] {
  const types = new Map([["./rule.ts", ["Rule", "RuleCard"]]]);
  for (const { from, subject } of lists) types.set(from, [...(types.get(from) ?? []), subject]);
  return [...types].map(([from, names]) => `import type { ${names.join(", ")} } from "${from}";`);
}

function renderList(
  { name, subject, comment }: Pick<RuleList, "name" | "subject" | "comment">,
  ids: readonly string[],
): string[] {
  return [
    ...(comment === undefined ? [] : [`/** ${comment} */`]),
    `export const ${name}: readonly Rule<${subject}>[] = [${ids.map(constant).join(", ")}];`,
  ];
}

/** What a rule is called in the catalogue: many files call theirs `version` or `key`. */
function constant(id: string): string {
  return camelCase(id);
}

function named(exported: string, local: string): string {
  return exported === local ? local : `${exported} as ${local}`;
}

/** The ids of all rules, in the order of the catalogue. */
export function idsInCatalogue(catalogue: string): string[] {
  return ruleLists.flatMap(({ name }) => idsIn(catalogue, name));
}

/** The ids of a list in a text of the catalogue. */
function idsIn(catalogue: string, list: string): string[] {
  const ids = new Map(
    [...catalogue.matchAll(/^import \{\s*(?:\w+ as )?(\w+),?\s*\} from "\.\/([\w-]+\/[\w-]+)\.ts";$/gm)].map(
      ([, name = "", id = ""]) => [name, id],
    ),
  );
  const [, body = ""] = new RegExp(`^export const ${list}: [^=]*= \\[([^\\]]*)\\]`, "m").exec(catalogue) ?? [];
  return [...body.matchAll(/\w+/g)].flatMap(([name]) => ids.get(name) ?? []);
}

/** As they stood; one that is new comes after the last of its folder, or last of all. */
function inOrder(ids: readonly string[], before: readonly string[]): string[] {
  const ordered = before.filter((id) => ids.includes(id));
  for (const id of ids) {
    if (ordered.includes(id)) continue;
    const last = ordered.findLastIndex((other) => folderOf(other) === folderOf(id));
    ordered.splice(last < 0 ? ordered.length : last + 1, 0, id);
  }
  return ordered;
}

function folderOf(id: string): string {
  return id.replace(/\/.*/, "");
}
