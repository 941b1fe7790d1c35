import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  missing: () =>
    l10n.t(
      'DomainNameConfigurations is missing. An update must include its one entry. Otherwise, API Gateway returns "Invalid input. Expected one domain name configuration".',
    ),
  count: ({ count }: { count: number }) =>
    l10n.t("DomainNameConfigurations has {0} entries. API Gateway expects one.", count),
} satisfies Says;

export const oneConfiguration: Rule<DomainName, typeof says> = {
  id: "domain-name/one-configuration",
  severity: "error",
  requires: l10n.t(
    "A request for a custom domain name of an HTTP API must have exactly one entry in DomainNameConfigurations, even if the entry does not change.",
  ),
  source: sources.oneDomainNameConfiguration,
  says,
  *check({ spelling, form, role, complete, name, configurations, at }) {
    if (spelling.api !== "http" || form !== "domain" || role === "output" || !complete) return;
    if (configurations === undefined) {
      // Where there is only a block, it is not known what else is given.
      if (name !== undefined && at !== undefined)
        yield { at: at.keySpan, severity: "warning", reason: { code: "missing" } };
    } else if (configurations.items.length !== 1) {
      yield { at: configurations, reason: { code: "count", args: { count: configurations.items.length } } };
    }
  },
};
