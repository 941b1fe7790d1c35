// The schema of mtls-check.json: what package.json says of the editor's settings that the command line minds.
import { advice } from "../launcher/advice.ts";

const names = ["mtls.rules", "mtls.suppress", "mtls.expiryWarningDays", "mtls.purposes"] as const;

const description =
  "Settings of the command line tool mtls-check, named as in the settings of the editor. Without this file, mtls-check reads them from .vscode/settings.json.";

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export function renderSchema(packageText: string, stringsText: string): string {
  const manifest: {
    readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Json>> } };
  } = JSON.parse(packageText);
  const strings: Readonly<Record<string, string>> = JSON.parse(stringsText);
  const { properties } = manifest.contributes.configuration;
  const settings = names.map((name) => {
    const setting = properties[name];
    if (setting === undefined) throw advice(`package.json must have the setting ${name}.`);
    return [name, said(setting, strings)] as const;
  });
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "mtls-check",
    description,
    type: "object",
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: { $schema: { type: "string" }, ...Object.fromEntries(settings) },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** With its strings in place, and without what is for the editor's settings alone. */
function said(json: Json, strings: Readonly<Record<string, string>>): Json {
  if (typeof json === "string") return /^%.+%$/.test(json) ? (strings[json.slice(1, -1)] ?? json) : json;
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map((item) => said(item, strings));
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) => (name === "scope" ? [] : [[name, said(value, strings)] as const])),
  );
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
