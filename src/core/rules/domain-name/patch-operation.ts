import * as l10n from "@vscode/l10n";
import type { DomainName, Operation } from "../../apigateway/domain-name.ts";
import {
  accessModePath,
  eitherAddOrRemove,
  isApiPath,
  isBlockPath,
  meantPath,
  patchSupport,
  privatePaths,
  samePath,
  uriPath,
  versionPath,
} from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import type { Setting } from "../../dialect/payload.ts";
import { memberOf, type Node, stringOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "one-by-one": () =>
    l10n.t(
      "UpdateDomainName requires a separate operation for each mutual TLS setting, at {0} and {1}.",
      uriPath,
      versionPath,
    ),
  "of-an-api": ({ path }: { path: string }) =>
    l10n.t("{0} is a setting of an API, not of a domain name. To change it, use UpdateRestApi.", path),
  "private-only": ({ path }: { path: string }) =>
    l10n.t("{0} is only for private custom domain names, which do not support mutual TLS.", path),
  "public-only": ({ path, member }: { path: string; member: string }) =>
    l10n.t("{0} is only for public custom domain names. {1} names a private one.", path, member),
  "private-name": ({ member }: { member: string }) =>
    l10n.t("{0} is only for private custom domain names, which do not support mutual TLS.", member),
  "unknown-path": ({ path, meant }: { path: string; meant: string }) =>
    l10n.t("UpdateDomainName has no path {0}. Use {1} instead.", path, meant),
  "value-type": () => l10n.t("The value of an operation must be a string."),
  "op-spelling": ({ op }: { op: string }) => l10n.t("The operation must be spelled {0}.", op),
  "op-unsupported": ({ path, op, supported }: { path: string; op: string; supported: string }) =>
    l10n.t("The operation {1} is not supported at {0}. Supported operations: {2}.", path, op, supported),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
  "add-and-remove": ({ path }: { path: string }) =>
    l10n.t("{0} cannot be added and removed in one request. Use replace or two requests.", path),
  "add-and-remove-only": ({ path }: { path: string }) =>
    l10n.t("{0} cannot be added and removed in one request. Use two requests.", path),
  added: () => l10n.t("Added here."),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const patchOperation: Rule<DomainName, typeof says> = {
  id: "domain-name/patch-operation",
  severity: "error",
  requires: l10n.t("An update of a custom domain name must use paths and operations that UpdateDomainName supports."),
  source: sources.patchOperations,
  says,
  *check(domain) {
    const { operations, mtls } = domain;
    for (const operation of operations) yield* judge(operation);
    if (mtls === "on") yield* judgePrivate(domain);
    for (const path of eitherAddOrRemove) yield* judgePair(path, operations);
  },
};

function* judge({ op, path, value }: Operation): Iterable<Finding<Said>> {
  const written = path?.text === undefined || isTemplated(path.text) ? undefined : path.text;
  if (path !== undefined && written !== undefined) {
    if (isBlockPath(written)) {
      yield { at: path.node, reason: { code: "one-by-one" } };
      return;
    }
    if (isApiPath(written))
      yield {
        at: path.node,
        source: sources.disableDefaultEndpoint,
        reason: { code: "of-an-api", args: { path: written } },
      };
  }
  const meant = written === undefined ? undefined : meantPath(written);
  if (path !== undefined && written !== undefined && meant !== undefined && meant !== written)
    yield {
      at: path.node,
      reason: { code: "unknown-path", args: { path: written, meant } },
      fixes: [change(path.node, meant, samePath(written) === meant)],
    };
  if (op !== undefined && meant !== undefined) yield* judgeOp(op, meant);
  if (value !== undefined && value.text === undefined && op?.text !== "remove") {
    const said =
      value.node.kind === "scalar" && value.node.value !== null && value.node.value !== undefined
        ? String(value.node.value)
        : undefined;
    yield {
      at: value.node,
      source: sources.patchOperation,
      reason: { code: "value-type" },
      ...(said === undefined ? {} : { fixes: [change(value.node, said)] }),
    };
  }
}

/** What only one kind of domain names has. One with mutual TLS is public. */
function* judgePrivate({ operations, node }: DomainName): Iterable<Finding<Said>> {
  for (const { path } of operations)
    if (path?.text !== undefined && privatePaths.includes(path.text))
      yield { at: path.node, reason: { code: "private-only", args: { path: path.text } } };
  const id = memberOf(node, "domainNameId");
  // A skeleton has the empty text.
  if (id === undefined || (stringOf(id.value) ?? "") === "") return;
  yield {
    at: id.keySpan,
    source: sources.updateRestDomainName,
    reason: { code: "private-name", args: { member: id.spelled } },
  };
  for (const { path } of operations)
    if (path?.text === accessModePath)
      yield { at: path.node, reason: { code: "public-only", args: { path: accessModePath, member: id.spelled } } };
}

function* judgeOp({ node, text }: Setting, path: string): Iterable<Finding<Said>> {
  const supported = patchSupport.get(path);
  if (supported === undefined || text === undefined || isTemplated(text) || supported.includes(text)) return;
  const small = text.trim().toLowerCase();
  const slip = supported.includes(small);
  yield {
    at: node,
    reason: slip
      ? { code: "op-spelling", args: { op: small } }
      : { code: "op-unsupported", args: { path, op: text, supported } },
    ...(slip ? { fixes: [change(node, small)] } : {}),
  };
}

/** What an operation removes is gone: a path that is only near another one is a guess. */
function change(node: Node, value: string, safe = true): Fix<Said> {
  return { reason: { code: "change", args: { to: value } }, safe, changes: [{ kind: "set", node, value }] };
}

function* judgePair(path: string, operations: readonly Operation[]): Iterable<Finding<Said>> {
  const at = operations.filter((operation) => operation.path?.text === path);
  const [added, removed] = [at.find(({ op }) => op?.text === "add"), at.find(({ op }) => op?.text === "remove")];
  if (added?.op === undefined || removed?.op === undefined) return;
  yield {
    at: removed.op.node,
    reason: {
      code: patchSupport.get(path)?.includes("replace") === true ? "add-and-remove" : "add-and-remove-only",
      args: { path },
    },
    related: [{ at: added.op.node, reason: { code: "added" } }],
  };
}
