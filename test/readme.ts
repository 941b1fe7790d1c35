import manifest from "../package.json" with { type: "json" };
import strings from "../package.nls.json" with { type: "json" };
import { catalogue } from "../src/core/rules/catalogue.ts";
import { commandIds, internalCommandIds, settings } from "../src/manifest.ts";

/** What package.json says in a `%key%`, in English. */
export function english(text: string): string {
  return text.replace(/^%(.+)%$/, (_, key: string) => (strings as Record<string, string>)[key] ?? `missing: ${key}`);
}

/** The README's tables, from the manifest and the catalogue: they cannot say anything else. */
export function renderTables(fixes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const { commands, configuration } = manifest.contributes;
  const palette = commandIds.filter((id) => !internalCommandIds.includes(id));
  const commandRows = palette.map(
    (id) => `| mTLS: ${english(commands.find(({ command }) => command === id)?.title ?? "")} | \`${id}\` |`,
  );
  const properties: Record<string, { markdownDescription: string }> = configuration.properties;
  const settingRows = Object.entries(settings).map(
    ([id, value]) =>
      `| \`${id}\` | ${english(properties[id]?.markdownDescription ?? "")} | \`${JSON.stringify(value)}\` |`,
  );
  const ruleRows = catalogue.map(
    ({ id, severity, requires, source }) =>
      `| [\`${id}\`](${source.url}) | ${severity} | ${requires} | ${fixes.get(id) ?? ""} |`,
  );
  return new Map([
    ["commands", ["| command | id |", "| --- | --- |", ...commandRows].join("\n")],
    ["settings", ["| setting | what it does | default |", "| --- | --- | --- |", ...settingRows].join("\n")],
    ["rules", ["| rule | at most | what must hold | fix |", "| --- | --- | --- | --- |", ...ruleRows].join("\n")],
  ]);
}
