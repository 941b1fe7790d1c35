import * as l10n from "@vscode/l10n";
import type { DomainName, Operation } from "../../apigateway/domain-name.ts";
import {
  eitherAddOrRemove,
  isApiPath,
  isBlockPath,
  meantPath,
  patchSupport,
  samePath,
  uriPath,
  versionPath,
} from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import type { Setting } from "../../dialect/payload.ts";
import type { Node } from "../../document/tree.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const patchOperation: Rule<DomainName> = {
  id: "domain-name/patch-operation",
  severity: "error",
  requires: l10n.t("An update of a custom domain name must use paths and operations that UpdateDomainName supports."),
  source: sources.patchOperations,
  *check({ operations }) {
    for (const operation of operations) yield* judge(operation);
    for (const path of eitherAddOrRemove) yield* judgePair(path, operations);
  },
};

function* judge({ op, path, value }: Operation): Iterable<Finding> {
  const written = path?.text === undefined || isTemplated(path.text) ? undefined : path.text;
  if (path !== undefined && written !== undefined) {
    if (isBlockPath(written)) {
      yield {
        at: path.node,
        reason: l10n.t(
          "UpdateDomainName takes the settings of mutual TLS one by one, at {0} and {1}.",
          uriPath,
          versionPath,
        ),
      };
      return;
    }
    if (isApiPath(written))
      yield {
        at: path.node,
        reason: l10n.t("{0} is a setting of an API, which UpdateRestApi changes: a domain name has none.", written),
      };
  }
  const meant = written === undefined ? undefined : meantPath(written);
  if (path !== undefined && written !== undefined && meant !== undefined && meant !== written)
    yield {
      at: path.node,
      reason: l10n.t("UpdateDomainName knows no path {0}; it is {1}.", written, meant),
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
      reason: l10n.t("The value of an operation must be a text."),
      ...(said === undefined ? {} : { fixes: [change(value.node, said)] }),
    };
  }
}

function* judgeOp({ node, text }: Setting, path: string): Iterable<Finding> {
  const supported = patchSupport.get(path);
  if (supported === undefined || text === undefined || isTemplated(text) || supported.includes(text)) return;
  const small = text.trim().toLowerCase();
  const slip = supported.includes(small);
  yield {
    at: node,
    reason: slip
      ? l10n.t("The operation is written {0}.", small)
      : l10n.t("At {0} the operation {1} is not supported; supported: {2}.", path, text, supported.join(", ")),
    ...(slip ? { fixes: [change(node, small)] } : {}),
  };
}

/** What an operation removes is gone: a path that is only near another one is a guess. */
function change(node: Node, value: string, safe = true): Fix {
  return { reason: l10n.t("Change to {0}", value), safe, changes: [{ kind: "set", node, value }] };
}

function* judgePair(path: string, operations: readonly Operation[]): Iterable<Finding> {
  const at = operations.filter((operation) => operation.path?.text === path);
  const [added, removed] = [at.find(({ op }) => op?.text === "add"), at.find(({ op }) => op?.text === "remove")];
  if (added?.op === undefined || removed?.op === undefined) return;
  yield {
    at: removed.op.node,
    reason: l10n.t("{0} cannot be added and removed in one request: use replace, or two requests.", path),
    related: [{ at: added.op.node, reason: l10n.t("added here") }],
  };
}
