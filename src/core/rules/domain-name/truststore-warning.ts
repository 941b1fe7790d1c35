import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  warned: ({ answer }: { answer: string }) => l10n.t("Warning from API Gateway about this trust store: {0}", answer),
} satisfies Says;

export const truststoreWarning: Rule<DomainName, typeof says> = {
  id: "domain-name/truststore-warning",
  severity: "warning",
  requires: l10n.t("The trust store of a custom domain name must not have warnings from API Gateway."),
  source: sources.apiGatewayMtls,
  says,
  *check({ warnings }) {
    for (const item of warnings?.node.kind === "list" ? warnings.node.items : []) {
      const text = stringOf(item);
      if (text !== undefined && text.trim() !== "")
        yield { at: item, reason: { code: "warned", args: { answer: shortened(text) } } };
    }
  },
};

/** What is longer, no message shows. */
const longest = 1_000;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
