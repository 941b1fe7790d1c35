import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { uriPath } from "../../apigateway/vocabulary.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () =>
    l10n.t("An empty place of the trust store turns mutual TLS off: clients are no longer asked for a certificate."),
  removed: () =>
    l10n.t("Removing the trust store turns mutual TLS off: clients are no longer asked for a certificate."),
} satisfies Says;

export const mtlsOff: Rule<DomainName, typeof says> = {
  id: "domain-name/mtls-off",
  severity: "info",
  requires: l10n.t("An update that turns mutual TLS off should be meant: without it everybody is let in."),
  source: sources.apiGatewayMtls,
  says,
  *check({ uri, role, operations }) {
    if (uri?.text === "" && role === "input") yield { at: uri.node, reason: { code: "empty" } };
    for (const { op, path } of operations) {
      if (op?.text === "remove" && path?.text === uriPath) yield { at: op.node, reason: { code: "removed" } };
    }
  },
};
