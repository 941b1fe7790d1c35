import * as l10n from "@vscode/l10n";
import type { DomainName, Operation } from "../../apigateway/domain-name.ts";
import { eitherAddOrRemove, meantPath, patchSupport, samePath } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
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
  const meant = path?.text === undefined || isTemplated(path.text) ? undefined : meantPath(path.text);
  if (path !== undefined && meant !== undefined && meant !== path.text) yield { at: path.node, message: l10n.t("UpdateDomainName knows no path {0}; it is {1}.", path.text ?? "", meant), fixes: [change(path.node, meant, samePath(path.text ?? "") === meant)] };
  const supported = patchSupport.get(meant ?? "");
  if (supported === undefined || meant === undefined) return;
  if (op?.text !== undefined && !isTemplated(op.text) && !supported.includes(op.text)) {
    const small = op.text.trim().toLowerCase();
    const slip = supported.includes(small);
    yield {
      at: op.node,
      message: slip ? l10n.t("The operation is written {0}.", small) : l10n.t("At {0} the operation {1} is not supported; supported: {2}.", meant, op.text, supported.join(", ")),
      ...(slip ? { fixes: [change(op.node, small)] } : {}),
    };
  }
  if (value !== undefined && value.text === undefined && op?.text !== "remove") {
    const written = value.node.kind === "scalar" && value.node.value !== null && value.node.value !== undefined ? String(value.node.value) : undefined;
    yield { at: value.node, message: l10n.t("The value of an operation must be a text."), ...(written === undefined ? {} : { fixes: [change(value.node, written)] }) };
  }
}

/** What an operation removes is gone: a path that is only near another one is a guess. */
function change(node: Node, value: string, safe = true): Fix {
  return { title: l10n.t("Change to {0}", value), safe, changes: [{ kind: "set", node, value }] };
}

function* judgePair(path: string, operations: readonly Operation[]): Iterable<Finding> {
  const at = operations.filter((operation) => operation.path?.text === path);
  const [added, removed] = [at.find(({ op }) => op?.text === "add"), at.find(({ op }) => op?.text === "remove")];
  if (added?.op === undefined || removed?.op === undefined) return;
  yield { at: removed.op.node, message: l10n.t("{0} cannot be added and removed in one request: use replace, or two requests.", path), related: [{ at: added.op.node, message: l10n.t("added here") }] };
}
