// Documents of the API as templates: each subject is a resource.
import { cloudFormation } from "../../../src/core/cloudformation/dialect.ts";
import { resourceTypes } from "../../../src/core/cloudformation/resources.ts";
import type { Shape } from "../../../src/core/dialect/shape.ts";
import { type Draft, jsonText, nested, type Target, type Written } from "../dialect/mirror.ts";

/** The types of resources whose dialect is CloudFormation's own, by the shape of what they hold. */
const typesOf: ReadonlyMap<string, { readonly id: string; readonly path: readonly string[] }> = new Map(
  [...resourceTypes]
    .filter(([, { dialect }]) => dialect === cloudFormation)
    .map(([id, { shape, path }]) => [shape, { id, path }] as const),
);

/** What is no resource by itself: where it stands in one, by the names of the API. */
const holders: ReadonlyMap<string, { readonly shape: string; readonly path: readonly string[] }> = new Map([
  ["MutualAuthentication", { shape: "Listener", path: ["MutualAuthentication"] }],
  ["RestMutualTlsAuthentication", { shape: "RestDomainName", path: ["mutualTlsAuthentication"] }],
  ["HttpMutualTlsAuthentication", { shape: "HttpDomainName", path: ["MutualTlsAuthentication"] }],
  ["Origin", { shape: "DistributionConfig", path: ["Origins", "Items", "0"] }],
  ["CustomOriginConfig", { shape: "DistributionConfig", path: ["Origins", "Items", "0", "CustomOriginConfig"] }],
  ["ViewerMtlsConfig", { shape: "DistributionConfig", path: ["ViewerMtlsConfig"] }],
]);

/** Whether an object of a shape is a resource, or stands in one as it is. */
export function isInResource({ name }: Shape): boolean {
  return typesOf.has(name) || holders.has(name);
}

/** Where an object of a shape stands in its resource, by the names of the API. */
export function placeOf({ name }: Shape): string {
  return (holders.get(name)?.path ?? []).map((step) => `/${step}`).join("");
}

function around(value: Draft, { name }: Shape, index: number): readonly Written[] {
  const { shape, path } = holders.get(name) ?? { shape: name, path: [] };
  const type = typesOf.get(shape);
  if (type === undefined) throw new Error(`Nothing can hold ${name}`);
  const at = ["Resources", `Subject${index}`];
  return [
    { path: [...at, "Type"], value: { kind: "scalar", json: JSON.stringify(type.id) } },
    { path: [...at, ...type.path], value: held(value, path) },
  ];
}

function held(value: Draft, path: readonly string[]): Draft {
  return path.reduceRight<Draft>((inner, step) => {
    if (step === "0") return { kind: "list", items: [inner] };
    // In a template a list has nothing around it.
    if (step === "Items") return inner;
    const name = step === "mutualTlsAuthentication" ? "MutualTlsAuthentication" : step;
    return { kind: "object", members: [{ path: [name], value: inner }] };
  }, value);
}

/** What counts is left out, and what only the requests, or the answers, of the API have. */
function isLeftOut(key: string, { name, unoffered }: Shape): boolean {
  return key === "Quantity" || key === "CallerReference" || (name === "RestDomainName" && unoffered.has(key));
}

const parameter = "Later";

const toTemplate = {
  dialect: cloudFormation,
  around,
  slip: (key: string) => key,
  isLeftOut,
  computed: {
    kind: "object",
    members: [{ path: ["Ref"], value: { kind: "scalar", json: JSON.stringify(parameter) } }],
  },
} as const;

export const toJson: Target = { ...toTemplate, write: jsonText };
export const toYaml: Target = { ...toTemplate, write: (members) => yamlText(members, "") };

/** In block style, with quotes only where they are needed. */
function yamlText(members: readonly Written[], indent: string): string {
  return nested(members)
    .map(({ name, value }) => `${indent}${yamlWord(name)}:${yamlValue(value, `${indent}  `)}`)
    .join("\n");
}

/** Behind a name, or behind the sign of an item. */
function yamlValue(value: Draft, indent: string): string {
  if (value.kind === "scalar") return ` ${yamlScalar(value.json)}`;
  if (value.kind === "object") return value.members.length === 0 ? " {}" : `\n${yamlText(value.members, indent)}`;
  if (value.items.length === 0) return " []";
  return `\n${value.items.map((item) => `${indent}-${yamlItem(item, `${indent}  `)}`).join("\n")}`;
}

/** What has several lines begins on that of its sign. */
function yamlItem(item: Draft, indent: string): string {
  const text = yamlValue(item, indent);
  return text.startsWith("\n") ? ` ${text.slice(indent.length + 1)}` : text;
}

function yamlScalar(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? yamlWord(value) : json;
}

function yamlWord(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
