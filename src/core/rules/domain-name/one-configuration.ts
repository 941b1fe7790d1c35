import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { shapes } from "../../apigateway/vocabulary.ts";
import { spelledAt } from "../../dialect/dialect.ts";
import { dialectOf } from "../../dialect/view.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  missing: () =>
    l10n.t(
      'DomainNameConfigurations is missing. API Gateway has rejected updates without it: "Invalid input. Expected one domain name configuration". Include its one entry, even if it does not change.',
    ),
  none: () => l10n.t("DomainNameConfigurations has no entry. API Gateway expects one."),
  several: ({ count }: { count: number }) =>
    l10n.t(
      "DomainNameConfigurations has {0} entries. API Gateway expects one. A second entry is only for changing the endpoint type, and mutual TLS requires a REGIONAL endpoint.",
      count,
    ),
} satisfies Says;

export const oneConfiguration: Rule<DomainName, typeof says> = {
  id: "domain-name/one-configuration",
  severity: "error",
  requires: l10n.t(
    "A request for a custom domain name of an HTTP API must have exactly one entry in DomainNameConfigurations, even if the entry does not change.",
  ),
  source: sources.oneDomainNameConfiguration,
  says,
  *check({ node, spelling, form, role, complete, name, configurations, at, uri, mtls, endpoints }) {
    if (spelling.api !== "http" || form !== "domain" || role === "output" || !complete) return;
    // SAM writes the one entry of it.
    const shape = shapes.get(spelling.shape);
    if (shape !== undefined && spelledAt(dialectOf(node), shape, ["DomainNameConfigurations"]) === undefined) return;
    if (configurations === undefined) {
      // Where there is only a block, it is not known what else is given. AWS's own sample updates the version alone.
      if (name !== undefined && uri !== undefined)
        yield { at: at?.keySpan ?? uri.at, severity: "info", reason: { code: "missing" } };
    } else if (configurations.node.kind === "list" && configurations.items.length === 0)
      yield { at: configurations.node, reason: { code: "none" } };
    else if (configurations.items.length > 1 && (mtls !== "off" || !changesType(endpoints)))
      yield {
        at: configurations.node,
        severity: "warning",
        reason: { code: "several", args: { count: configurations.items.length } },
      };
  },
};

/** While the endpoint type is changed, a domain name has a configuration for each. */
function changesType(endpoints: DomainName["endpoints"]): boolean {
  return new Set(endpoints.map(({ value }) => value)).size > 1;
}
