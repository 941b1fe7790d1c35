import { advice } from "../launcher/advice.ts";
import type { Manifest } from "./readme.ts";
import type { DeclaredRule } from "./rules.ts";

/** What is read here of package.json, and the one part that is written. */
interface Package {
  readonly contributes: {
    readonly commands: Manifest["commands"];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly markdownDescription: string;
  properties?: unknown;
}

/** package.json with a setting for each rule. */
export function renderPackage(text: string, rules: readonly DeclaredRule[]): string {
  const manifest: Package = JSON.parse(text);
  const setting = manifest.contributes.configuration.properties["mtls.rules"];
  if (setting === undefined) throw advice("package.json must have the setting mtls.rules.");
  setting.properties = Object.fromEntries(
    rules.map(({ card: { id } }) => [
      id,
      { enum: ["error", "warning", "info", "off"], description: `%${stringKey(id)}%` },
    ]),
  );
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** package.nls.json, which describes the setting of each rule by what the rule requires. */
export function renderStrings(text: string, rules: readonly DeclaredRule[]): string {
  const strings: Readonly<Record<string, string>> = JSON.parse(text);
  const others = Object.entries(strings).filter(([key]) => !key.startsWith(stringKey("")));
  const ofRules = rules.map(({ card: { id, requires } }) => [stringKey(id), requires]);
  return `${JSON.stringify(Object.fromEntries([...others, ...ofRules]), null, 2)}\n`;
}

export function readManifest(packageText: string, stringsText: string): Manifest {
  const { contributes }: Package = JSON.parse(packageText);
  return {
    commands: contributes.commands,
    settings: contributes.configuration.properties,
    strings: JSON.parse(stringsText),
  };
}

function stringKey(id: string): string {
  return `rule.${id}`;
}
