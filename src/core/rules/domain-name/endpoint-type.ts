import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { endpointTypes } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { ScalarNode } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "one-type-in-a-list": ({ member }: { member: string }) =>
    l10n.t("{0} must be a list, with one type here: {1}.", member, '["REGIONAL"]'),
  "into-a-list": () => l10n.t("Convert to a list"),
  "not-regional": ({ type }: { type: string }) => l10n.t("Mutual TLS requires a REGIONAL endpoint, not {0}.", type),
  "make-regional": () =>
    l10n.t("Change to REGIONAL (the domain name needs a different DNS target and a certificate in its own Region)"),
  spelling: () => l10n.t("The endpoint type must be spelled REGIONAL."),
  change: () => l10n.t("Change to {0}", "REGIONAL"),
  remove: ({ type }: { type: string }) => l10n.t("Remove {0}", type),
  "remove-configuration": ({ type }: { type: string }) => l10n.t("Remove the {0} configuration", type),
} satisfies Says;

export const endpointType: Rule<DomainName, typeof says> = {
  id: "domain-name/endpoint-type",
  severity: "error",
  requires: l10n.t("A custom domain name with mutual TLS must be Regional."),
  source: sources.apiGatewayMtls,
  says,
  *check({ mtls, endpoints, form, spelling }) {
    if (mtls !== "on") return;
    const isRegionalToo = endpoints.some(({ value }) => value === "REGIONAL");
    for (const node of endpoints) {
      if (typeof node.value !== "string") continue;
      if (form === "domain" && spelling.api === "rest" && node.parent?.kind === "object" && !isTemplated(node.value)) {
        yield {
          at: node,
          source: sources.endpointConfiguration,
          reason: { code: "one-type-in-a-list", args: { member: nameOf(node.parent, "types") } },
          fixes: [
            { reason: { code: "into-a-list" }, safe: true, changes: [{ kind: "set", node, value: [node.value] }] },
          ],
        };
      }
      if (node.value === "REGIONAL") continue;
      const type = endpointTypes.find((known) => known === node.value);
      if (type !== undefined) {
        const fix: Fix<ReasonOf<typeof says>> = isRegionalToo
          ? removalOf(node, type)
          : {
              reason: { code: "make-regional" },
              safe: false,
              changes: [{ kind: "set", node, value: "REGIONAL" }],
            };
        // An update takes one type away by an operation of its own.
        yield {
          at: node,
          reason: { code: "not-regional", args: { type } },
          ...(form === "patch" ? {} : { fixes: [fix] }),
        };
      } else if (node.value.trim().toUpperCase() === "REGIONAL") {
        yield {
          at: node,
          reason: { code: "spelling" },
          fixes: [
            {
              reason: { code: "change" },
              safe: true,
              changes: [{ kind: "set", node, value: "REGIONAL" }],
            },
          ],
        };
      }
    }
  },
};

/** The HTTP API has a configuration for each type, which goes with it. */
function removalOf(node: ScalarNode, type: string): Fix<ReasonOf<typeof says>> {
  const { parent } = node;
  const isItem = parent?.kind !== "object";
  return {
    reason: { code: isItem ? "remove" : "remove-configuration", args: { type } },
    safe: false,
    changes: [{ kind: "remove", entry: isItem ? node : parent }],
  };
}
