import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import { lostIn } from "../../dialect/lost-text.ts";
import type { Setting } from "../../dialect/payload.ts";
import { list, shape } from "../../dialect/shape.ts";
import { nameOf, wordAt } from "../../dialect/spell.ts";
import { isComputed } from "../../document/tree.ts";
import { beginsUri, type FilterItem, filterValueFault, mostFilterCharacters } from "../../elb/identity-filter.ts";
import type { Listener } from "../../elb/listener.ts";
import { filterNames, filterWords, names } from "../../elb/vocabulary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { nearest } from "../../text.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  list: ({ member }: { member: string }) => l10n.t("{0} must be a list of filters.", member),
  item: ({ members }: { members: string }) => l10n.t("A filter must be an object with {0}.", members),
  missing: ({ members, missing }: { members: string; missing: string }) =>
    l10n.t("A filter must have {0}. Missing: {1}.", members, missing),
  text: ({ member }: { member: string }) => l10n.t("{0} must be a string.", member),
  unknown: ({ value, member, known }: { value: string; member: string; known: string }) =>
    l10n.t('"{0}" is not a valid value for {1}. Valid values: {2}.', value, member, known),
  "only-accept": ({ value, accept }: { value: string; accept: string }) =>
    l10n.t(
      '"{0}" is not a valid action. The only action is {1}. The load balancer rejects clients that match no filter.',
      value,
      accept,
    ),
  empty: ({ member }: { member: string }) =>
    l10n.t("{0} is empty. It must have 1 to {1} characters.", member, mostFilterCharacters),
  long: ({ member, length }: { member: string; length: number }) =>
    l10n.t("{0} has {1} characters. It must have 1 to {2} characters.", member, length, mostFilterCharacters),
  characters: ({ member }: { member: string }) =>
    l10n.t("{0} must contain only printable ASCII characters: letters, digits, punctuation, and spaces.", member),
  uri: ({ value }: { value: string }) =>
    l10n.t(
      '"{0}" is not the beginning of a URI. A URI begins with a letter, and up to its first colon it has only letters, digits, plus signs, periods, and hyphens, such as spiffe://example.com/.',
      value,
    ),
  wildcard: ({ value }: { value: string }) =>
    l10n.t(
      '"{0}" contains an asterisk. The AWS documentation describes no wildcards for filters, only exact values and prefixes.',
      value,
    ),
  "with-type": ({ value, type, field }: { value: string; type: string; field: string }) =>
    l10n.t(
      '"{0}" begins with {1}. A filter on {2} compares the value in the certificate, which usually does not begin with {1}.',
      value,
      type,
      field,
    ),
  enlist: ({ member }: { member: string }) => l10n.t("Write {0} as a list with one item", member),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const identityFilter: Rule<Listener, typeof says> = {
  id: "listener/identity-filter",
  severity: "error",
  requires: l10n.t(
    "A client certificate identity filter must have the action accept, a field, a match type, and a value of 1 to 256 printable ASCII characters.",
  ),
  source: sources.identityFilter,
  says,
  *check({ filters, filterItems, block, complete }) {
    if (filters === undefined || isComputed(filters.node)) return;
    const { node, text } = filters;
    // What a program wrote in its place: listener/member-type.
    if (node.kind !== "list" && lostIn(node, filterList) === undefined && (text === undefined || !isTemplated(text)))
      yield {
        at: node,
        reason: { code: "list", args: { member: nameOf(block, names.filters) } },
        ...(node.kind === "object"
          ? {
              fixes: [
                {
                  reason: { code: "enlist", args: { member: nameOf(block, names.filters) } },
                  safe: true,
                  changes: [{ kind: "enlist", node }],
                },
              ],
            }
          : {}),
      };
    for (const item of filterItems) yield* judgeItem(item, complete);
  },
};

const filterList = list(shape("ClientCertificateIdentityFilter"));

const order = ["action", "field", "matchType", "value"] as const;

function* judgeItem(item: FilterItem, complete: boolean): Iterable<Finding<Said>> {
  const { node, object } = item;
  if (isComputed(node)) return;
  const called = (name: (typeof order)[number]) => nameOf(object, filterNames[name]);
  const members = order.map(called);
  if (object === undefined) {
    if (node.kind === "scalar" && typeof node.value === "string" && isTemplated(node.value)) return;
    yield { at: node, reason: { code: "item", args: { members } } };
    return;
  }
  const missing = order.filter((name) => item[name] === undefined);
  if (missing.length > 0 && complete)
    yield { at: node, reason: { code: "missing", args: { members, missing: missing.map(called) } } };
  for (const name of order) {
    const setting = item[name];
    if (setting === undefined || isComputed(setting.node)) continue;
    const { text } = setting;
    if (text === undefined) yield { at: setting.node, reason: { code: "text", args: { member: called(name) } } };
    else if (isTemplated(text)) continue;
    else if (name === "value") yield* judgeValue(setting.node, text, called(name), item.field?.text);
    else yield* judgeWord(setting, text, name, called(name));
  }
}

/** What other products and people call them. */
const synonyms: Readonly<Record<string, string>> = {
  allow: "accept",
  permit: "accept",
  cn: "subject-cn",
  "common-name": "subject-cn",
  commonname: "subject-cn",
  ou: "subject-ou",
  dns: "san-dns",
  uri: "san-uri",
  equals: "exact",
  "starts-with": "prefix",
  "begins-with": "prefix",
  startswith: "prefix",
  beginswith: "prefix",
};

function* judgeWord(
  { node }: Setting,
  text: string,
  name: Exclude<(typeof order)[number], "value">,
  member: string,
): Iterable<Finding<Said>> {
  const words: readonly string[] = filterWords[name];
  if (words.includes(text)) return;
  const plain = text.trim().toLowerCase().replaceAll("_", "-");
  const meant =
    words.find((word) => word === plain) ?? words.find((word) => word === synonyms[plain]) ?? nearest(plain, words);
  const isUnknownAction = name === "action" && meant === undefined;
  yield {
    at: node,
    // A field or a match type may be newer than this list.
    ...(meant === undefined && !isUnknownAction ? { severity: "warning" } : {}),
    reason: isUnknownAction
      ? { code: "only-accept", args: { value: text, accept: wordAt(node, "accept") } }
      : { code: "unknown", args: { value: text, member, known: words.map((word) => wordAt(node, word)) } },
    ...(meant === undefined
      ? {}
      : {
          fixes: [
            {
              reason: { code: "change", args: { to: wordAt(node, meant) } },
              safe: plain === meant,
              changes: [{ kind: "set", node, value: meant }],
            },
          ],
        }),
  };
}

function* judgeValue(
  at: Setting["node"],
  text: string,
  member: string,
  field: string | undefined,
): Iterable<Finding<Said>> {
  const fault = filterValueFault(text);
  if (fault === "long") yield { at, reason: { code: fault, args: { member, length: text.length } } };
  else if (fault !== undefined) yield { at, reason: { code: fault, args: { member } } };
  else if (field === "san-uri" && !beginsUri(text)) yield { at, reason: { code: "uri", args: { value: text } } };
  else if (field !== undefined && typeIn(text, field) !== undefined) {
    const type = typeIn(text, field) ?? "";
    const value = ownPart(text.slice(type.length).trimStart());
    yield {
      at,
      severity: "warning",
      reason: { code: "with-type", args: { value: text, type: type.trim(), field: wordAt(at, field) } },
      ...(value === ""
        ? {}
        : {
            fixes: [
              {
                reason: { code: "change", args: { to: value } },
                safe: false,
                changes: [{ kind: "set", node: at, value }],
              },
            ],
          }),
    };
  } else if (text.includes("*")) yield { at, severity: "info", reason: { code: "wildcard", args: { value: text } } };
}

/** Without the parts of a distinguished name that follow, as in `Payments, O=Shop`. */
function ownPart(value: string): string {
  return value.replace(/[,+/;]\s*[A-Za-z][A-Za-z0-9.]*\s*=[^]*/, "").trimEnd();
}

/** How tools write what a value is: no part of the value. */
const types: Readonly<Record<string, RegExp>> = {
  "subject-cn": /^(?:CN|commonName)\s*=/i,
  "subject-ou": /^(?:OU|organizationalUnitName)\s*=/i,
  "san-dns": /^DNS\s*[:=]/i,
  "san-uri": /^URI\s*[:=]/i,
};

function typeIn(text: string, field: string): string | undefined {
  return types[field]?.exec(text)?.[0];
}
