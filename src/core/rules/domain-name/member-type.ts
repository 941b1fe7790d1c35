import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { shapes } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import { nameIn } from "../../dialect/dialect.ts";
import { refusalOfAll } from "../../dialect/refusal.ts";
import type { Mistyped } from "../../dialect/types.ts";
import { dialectOf } from "../../dialect/view.ts";
import { type Member, stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  list: ({ key }: { key: string }) => l10n.t("{0} must be a list.", key),
  object: ({ key }: { key: string }) => l10n.t("{0} must be an object.", key),
  string: ({ key }: { key: string }) => l10n.t("{0} must be a string.", key),
  operation: ({ key }: { key: string }) => l10n.t("Each item of {0} must be an object with op, path, and value.", key),
  item: ({ key }: { key: string }) => l10n.t("Each item of {0} must be an object.", key),
  texts: ({ key }: { key: string }) => l10n.t("Each item of {0} must be a string.", key),
  cut: ({ key }: { key: string }) =>
    l10n.t(
      "{0} has text that PowerShell wrote in place of an object or list. ConvertTo-Json writes only 2 levels by default. The content is lost. Write the file again with ConvertTo-Json -Depth 20.",
      key,
    ),
  cuts: ({ count }: { count: number }) =>
    l10n.t(
      "{0} members have text that PowerShell wrote in place of an object or list. ConvertTo-Json writes only 2 levels by default. The content is lost. Write the file again with ConvertTo-Json -Depth 20.",
      count,
    ),
  lost: ({ key }: { key: string }) =>
    l10n.t("{0} has text that a program wrote in place of an object. The content is lost. Write the file again.", key),
  null: ({ key, refusal }: { key: string; refusal: string }) =>
    l10n.t("{0} is null. {1} Leave out a member that has no value.", key, refusal),
  nulls: ({ count, refusal }: { count: number; refusal: string }) =>
    l10n.t("{0} members are null. {1} Leave out these members.", count, refusal),
  enlist: ({ key }: { key: string }) => l10n.t("Write {0} as a list with one item", key),
  lift: ({ key }: { key: string }) => l10n.t("Write {0} as an object, without the list", key),
  types: ({ key, types }: { key: string; types: string }) => l10n.t("Write {0} as an object with {1}", key, types),
  "remove-one": ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "remove-all": ({ count }: { count: number }) => l10n.t("Remove the {0} members that are null", count),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const memberType: Rule<DomainName, typeof says> = {
  id: "domain-name/member-type",
  severity: "error",
  requires: l10n.t(
    "A value of a custom domain name must have the type of its member, for example a list, and not null.",
  ),
  source: sources.apiGatewayDomainName,
  says,
  *check(domain) {
    const { types, form, spelling } = domain;
    const source =
      form === "patch"
        ? { source: sources.patchOperation }
        : spelling.api === "http"
          ? { source: sources.httpApiDomainName }
          : {};
    const cut = types.mistyped.filter(({ lost }) => lost === "cut");
    const [first, another] = cut;
    // One finding for all: PowerShell cuts a whole level.
    if (first !== undefined && another !== undefined)
      yield { at: first.node, ...source, reason: { code: "cuts", args: { count: cut.length } } };
    for (const one of types.mistyped) {
      if (one.lost === "cut" && another !== undefined) continue;
      if (one.lost === undefined && (isJudgedElsewhere(one, domain) || isTemplated(stringOf(one.node) ?? ""))) continue;
      const fixes = fixesFor(one);
      yield {
        at: one.node,
        ...source,
        reason: { code: one.lost ?? codeFor(one), args: { key: one.called } },
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
    const [none, more] = types.nulls;
    if (none?.value === undefined) return;
    const count = types.nulls.length;
    const one = { key: none.spelled };
    const refusal = refusalOfAll(none.parent, "null");
    yield {
      at: none.value,
      ...source,
      reason:
        more === undefined ? { code: "null", args: { ...one, refusal } } : { code: "nulls", args: { count, refusal } },
      // An operation that puts something needs its value.
      ...(types.nulls.some(isPut)
        ? {}
        : {
            fixes: [
              {
                reason:
                  more === undefined ? { code: "remove-one", args: one } : { code: "remove-all", args: { count } },
                safe: true,
                changes: types.nulls.map((entry) => ({ kind: "remove", entry }) as const),
              },
            ],
          }),
    };
  },
};

function isPut({ parent }: Member): boolean {
  const op = valueOf(parent, "op");
  return op !== undefined && stringOf(op) !== "remove";
}

function codeFor({
  type,
  shape,
  called,
  key,
}: Mistyped): "list" | "object" | "string" | "operation" | "item" | "texts" {
  if (shape !== undefined) return type.kind === "list" ? "list" : type.kind === "shape" ? "object" : "string";
  if (type.kind !== "shape") return called === "" ? "string" : "texts";
  return key === "" || key === "patchOperations" ? "operation" : "item";
}

function fixesFor({ node, type, key, called, shape }: Mistyped): readonly Fix<Said>[] {
  if (shape === undefined) return [];
  if (type.kind === "list" && (node.kind === "object") === (type.of.kind === "shape"))
    return [{ reason: { code: "enlist", args: { key: called } }, safe: true, changes: [{ kind: "enlist", node }] }];
  if (type.kind !== "shape" || node.kind !== "list") return [];
  const [only, another] = node.items;
  if (only?.kind === "object" && another === undefined)
    return [
      {
        reason: { code: "lift", args: { key: called } },
        safe: true,
        changes: [{ kind: "lift", part: only, whole: node }],
      },
    ];
  return key === "endpointConfiguration" && node.items.every((item) => stringOf(item) !== undefined)
    ? [
        {
          reason: {
            code: "types",
            args: { key: called, types: nameIn(dialectOf(node), shapes.get("EndpointConfiguration"), "types") },
          },
          safe: true,
          changes: [{ kind: "wrap", node, key: "types", before: {} }],
        },
      ]
    : [];
}

/** Other rules say what these must be. */
function isJudgedElsewhere({ key, shape, node }: Mistyped, { spelling, mtls, form }: DomainName): boolean {
  if (key === spelling.uri || key === spelling.version) return true;
  if (form === "patch" && key === "value") return true;
  if (key === "types" && shape !== undefined && node.kind === "scalar") return mtls === "on";
  // domain-name/truststore-uri, where its members are not in a list.
  return (
    key === spelling.block && !(node.kind === "list" && node.items.length === 1 && node.items[0]?.kind === "object")
  );
}
