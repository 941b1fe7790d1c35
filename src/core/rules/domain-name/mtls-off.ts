import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { uriPath } from "../../apigateway/vocabulary.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () =>
    l10n.t(
      "An empty trust store URI turns off mutual TLS. API Gateway then no longer requests a certificate from clients.",
    ),
  removed: () =>
    l10n.t(
      "Removing the trust store turns off mutual TLS. API Gateway then no longer requests a certificate from clients.",
    ),
} satisfies Says;

export const mtlsOff: Rule<DomainName, typeof says> = {
  id: "domain-name/mtls-off",
  severity: "info",
  requires: l10n.t(
    "An update should turn off mutual TLS only on purpose, because all clients are accepted without it.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check({ uri, role, operations }) {
    if (uri?.text === "" && role === "input") yield { at: uri.node, reason: { code: "empty" } };
    for (const [index, { op, path }] of operations.entries()) {
      if (op?.text !== "remove" || path?.text !== uriPath) continue;
      // What a later operation puts there again stays on.
      const isBack = operations
        .slice(index + 1)
        .some((later) => /^(add|replace)$/i.test(later.op?.text ?? "") && later.path?.text === uriPath);
      if (!isBack) yield { at: op.node, reason: { code: "removed" } };
    }
  },
};
