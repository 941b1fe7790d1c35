import { commandIds, internalCommandIds, settings } from "../../src/manifest.ts";
import { advice } from "../launcher/advice.ts";
import type { DeclaredRule } from "./rules.ts";

/** What the tables take from package.json and package.nls.json. */
export interface Manifest {
  readonly commands: readonly { readonly command: string; readonly title: string }[];
  readonly settings: Readonly<Record<string, { readonly markdownDescription: string }>>;
  readonly strings: Readonly<Record<string, string>>;
}

/** What package.json says in a `%key%`, in English. */
export function english(text: string, strings: Readonly<Record<string, string>>): string {
  return text.replace(/^%(.+)%$/, (_, key: string) => strings[key] ?? `missing: ${key}`);
}

/** The README with its tables made anew: they cannot say anything else than the manifest and the catalogue. */
export function renderReadme(
  readme: string,
  { commands, settings: described, strings }: Manifest,
  rules: readonly DeclaredRule[],
  fixes: ReadonlyMap<string, string>,
): string {
  const commandRows = commandIds
    .filter((id) => !internalCommandIds.includes(id))
    .map((id) => {
      const title = commands.find(({ command }) => command === id)?.title ?? "";
      return `| mTLS: ${english(title, strings)} | \`${id}\` |`;
    });
  const settingRows = Object.entries(settings).map(
    ([id, value]) =>
      `| \`${id}\` | ${english(described[id]?.markdownDescription ?? "", strings)} | \`${JSON.stringify(value)}\` |`,
  );
  const ruleRows = rules.map(
    ({ card: { id, severity, requires, source } }) =>
      `| [\`${id}\`](${source.url}) | ${severity} | ${requires} | ${fixes.get(id) ?? ""} |`,
  );
  const tables = {
    commands: ["| command | id |", "| --- | --- |", ...commandRows],
    settings: ["| setting | what it does | default |", "| --- | --- | --- |", ...settingRows],
    rules: ["| rule | at most | what must hold | fix |", "| --- | --- | --- | --- |", ...ruleRows],
  };
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(text)) throw advice(`README.md must have the lines <!-- ${name} --> and <!-- /${name} -->.`);
    return text.replace(place, (_, begin: string, end: string) => `${begin}${rows.join("\n")}\n${end}`);
  }, readme);
}

/** Which rules have fixes, safe (✎) or offered (✐), by what the goldens of the bad documents show. */
export function fixMarks(goldens: readonly string[]): ReadonlyMap<string, string> {
  const marks = new Map<string, Set<string>>();
  for (const golden of goldens) {
    let id = "";
    for (const line of golden.split("\n")) {
      id = /^\S+ \w+ (\S+)$/.exec(line)?.[1] ?? id;
      const [, kind] = /^ {2}(fix|offer): /.exec(line) ?? [];
      if (kind !== undefined) marks.set(id, (marks.get(id) ?? new Set()).add(kind === "fix" ? "✎" : "✐"));
    }
  }
  return new Map([...marks].map(([id, signs]) => [id, [...signs].sort().join(" ")]));
}
