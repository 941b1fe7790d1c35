import * as l10n from "@vscode/l10n";
import type { Explanation } from "../../dialect/assist.ts";
import type { Reference } from "../../dialect/meaning.ts";
import { booleanOf, type Node, objectAt, stringOf, valueOf } from "../../document/tree.ts";
import { type Intrinsic, referenceOf, textPartsOf } from "../../template/intrinsics.ts";
import type { Template, TemplateResource } from "../../template/template.ts";
import { listText } from "../format.ts";

const reference = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference";

/**
 * Of a function that takes a value from elsewhere in the template; `undefined` for others.
 * @param isSecret whether the value must not be shown, whatever the parameter says
 */
export function explainIntrinsic(intrinsic: Intrinsic, template: Template, isSecret: boolean): Explanation | undefined {
  const named = referencesIn(intrinsic);
  const [first] = named;
  if (first === undefined) return undefined;
  const title = named.length === 1 ? nameOf(first) : intrinsic.name;
  return {
    title,
    text: named.flatMap((one) => sentences(one, template, isSecret)),
    facts: [],
    link: linkFor(intrinsic.name),
  };
}

/** Each once, however often a text has it. */
function referencesIn(intrinsic: Intrinsic): readonly Reference[] {
  const only = referenceOf(intrinsic);
  const parts = only === undefined ? (textPartsOf(intrinsic) ?? []) : [only];
  const found = parts.filter((part): part is Reference => typeof part === "object");
  return [...new Map(found.map((one) => [nameOf(one), one])).values()];
}

function nameOf({ id, attribute }: Reference): string {
  return attribute === undefined || attribute === "" ? id : `${id}.${attribute}`;
}

function linkFor(name: string): Explanation["link"] {
  const page = name === "Fn::If" ? "conditions" : name.replace("Fn::", "").toLowerCase();
  return {
    title: l10n.t("CloudFormation: {0}", name),
    url: `${reference}/intrinsic-function-reference-${page}.html`,
  };
}

function sentences({ id, attribute }: Reference, { root, resources }: Template, isSecret: boolean): readonly string[] {
  const parameter = valueOf(objectAt(root, "Parameters"), id);
  if (parameter !== undefined && attribute === undefined) return aboutParameter(id, parameter, isSecret);
  const resource = resources.get(id);
  if (resource !== undefined) return aboutResource(resource, attribute);
  if (id === "AWS::NoValue")
    return [l10n.t("{0} removes the property, as if it were not in the template.", "AWS::NoValue")];
  return id.startsWith("AWS::")
    ? [l10n.t("{0} is a pseudo parameter, whose value CloudFormation provides.", id)]
    : [l10n.t("The template has no parameter or resource with the name {0}.", id)];
}

/** What is read in a hover. */
const mostChoices = 20;

function aboutParameter(id: string, parameter: Node, isSecret: boolean): readonly string[] {
  const type = stringOf(valueOf(parameter, "Type"));
  const value = valueOf(parameter, "Default");
  const isHidden = isTrue(valueOf(parameter, "NoEcho"));
  const allowed = valueOf(parameter, "AllowedValues");
  const choices =
    allowed?.kind === "list" && !isHidden && !isSecret ? allowed.items.flatMap((item) => wordOf(item) ?? []) : [];
  const word = value === undefined ? undefined : wordOf(value);
  return [
    type === undefined
      ? l10n.t("{0} is a parameter of this template.", id)
      : l10n.t("{0} is a parameter of the type {1}.", id, type),
    ...(value === undefined
      ? [l10n.t("It has no default.")]
      : isHidden
        ? [l10n.t("It has a default, which is not shown because NoEcho is true.")]
        : isSecret
          ? [l10n.t("It has a default, which is not shown because the value is a secret here.")]
          : word === undefined || word === ""
            ? []
            : [l10n.t("Its default is {0}.", word)]),
    ...(choices.length === 0 || choices.length > mostChoices
      ? []
      : [l10n.t("It can have these values: {0}.", listText(choices))]),
  ];
}

function aboutResource({ id, type, condition }: TemplateResource, attribute: string | undefined): readonly string[] {
  return [
    l10n.t("{0} is a resource of the type {1}.", id, type),
    ...(attribute === undefined || attribute === "" ? [] : [l10n.t("The value is its attribute {0}.", attribute)]),
    ...(condition === undefined ? [] : [l10n.t("It is created only if the condition {0} is true.", condition)]),
  ];
}

function wordOf(node: Node): string | undefined {
  return node.kind === "scalar" && node.value !== undefined && node.value !== null
    ? (node.plain ?? String(node.value))
    : undefined;
}

function isTrue(node: Node | undefined): boolean {
  return booleanOf(node) === true || stringOf(node)?.toLowerCase() === "true";
}

/** Of the name of a condition that decides between two values. */
export function explainCondition(name: string, template: Template): Explanation {
  const isThere = valueOf(objectAt(template.root, "Conditions"), name) !== undefined;
  return {
    title: name,
    text: [
      isThere
        ? l10n.t("If the condition {0} is true, the first value counts. Otherwise, the second value counts.", name)
        : l10n.t("The template has no condition with the name {0}.", name),
    ],
    facts: [],
    link: linkFor("Fn::If"),
  };
}
