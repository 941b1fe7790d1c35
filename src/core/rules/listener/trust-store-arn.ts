import * as l10n from "@vscode/l10n";
import { type Arn, describeArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import { isComputed, type Node } from "../../document/tree.ts";
import { isOfNoMode, type Listener } from "../../elb/listener.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const sample = "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/my-trust-store/73e2d6bc24d8a063";

const says = {
  type: () => l10n.t("The ARN of the trust store must be a string."),
  empty: () =>
    l10n.t("The ARN is empty. Enter the ARN of the trust store with the CA certificates of accepted clients."),
  placeholder: () => l10n.t("This is a placeholder. Enter the ARN of the trust store."),
  spaces: () => l10n.t("The ARN has spaces or line breaks around it."),
  "remove-spaces": () => l10n.t("Remove the spaces around the ARN"),
  "no-arn": () => l10n.t("This is not an ARN. A trust store ARN has this format: {0}.", sample),
  other: ({ what }: { what: string }) =>
    l10n.t("The ARN names {0}. A listener accepts only an Elastic Load Balancing trust store here.", what),
  resource: () =>
    l10n.t(
      "A trust store ARN must end with truststore/, the name, and the ID of the trust store, for example {0}. A name has 1 to 32 characters: letters, digits, and single hyphens between them.",
      sample,
    ),
  id: ({ id }: { id: string }) => l10n.t('"{0}" looks like a sample. A trust store ID has 16 hexadecimal digits.', id),
  "no-region": () => l10n.t("The Region is missing in the trust store ARN."),
  region: ({ trustStore, listener }: { trustStore: string; listener: string }) =>
    l10n.t(
      "The trust store is in {0}, but the listener is in {1}. Both must be in the same Region.",
      trustStore,
      listener,
    ),
  account: ({ account }: { account: string }) =>
    l10n.t('The account ID in the ARN is "{0}". An account ID has 12 digits.', account),
} satisfies Says;

export const trustStoreArn: Rule<Listener, typeof says> = {
  id: "listener/trust-store-arn",
  severity: "error",
  requires: l10n.t("TrustStoreArn must name an Elastic Load Balancing trust store in the Region of the listener."),
  source: sources.mutualAuthentication,
  says,
  *check(listener) {
    const { trustStore, region, role } = listener;
    if (trustStore === undefined) return;
    const { node, text: written } = trustStore;
    if (isComputed(node)) return;
    if (written === undefined) {
      yield { at: node, reason: { code: "type" } };
      return;
    }
    if (isTemplated(written)) return;
    const text = written.trim();
    // In a mode without trust store it must go, whatever it is: listener/trust-store.
    if (text === "" && role !== "output" && isOfNoMode(listener, trustStore)) return;
    if (text === "") yield { at: node, reason: { code: "empty" } };
    else if (isPlaceholder(text)) yield { at: node, reason: { code: "placeholder" } };
    else {
      const arn = parseArn(text);
      if (arn !== undefined && text !== written)
        yield {
          at: node,
          reason: { code: "spaces" },
          fixes: [
            {
              reason: { code: "remove-spaces" },
              safe: true,
              changes: [{ kind: "set", node, value: text }],
            },
          ],
        };
      yield* judge(node, arn, region);
    }
  },
};

/** CreateTrustStore: 1 to 32 characters, and this pattern. The id is what every example has, and no pattern. */
const resource = /^truststore\/(?=[a-zA-Z0-9-]{1,32}\/)([a-zA-Z0-9]+-)*[a-zA-Z0-9]+\/(.+)$/;

function* judge(
  node: Node,
  arn: Arn | undefined,
  region: Listener["region"],
): Iterable<Finding<ReasonOf<typeof says>>> {
  if (arn === undefined) {
    yield { at: node, reason: { code: "no-arn" } };
    return;
  }
  if (arn.service !== "elasticloadbalancing" || !arn.resource.startsWith("truststore/")) {
    yield { at: node, reason: { code: "other", args: { what: describeArn(arn) } } };
    return;
  }
  const id = resource.exec(arn.resource)?.[2];
  if (id === undefined) yield { at: node, reason: { code: "resource" } };
  else if (!/^[0-9a-f]{16}$/.test(id)) yield { at: node, severity: "warning", reason: { code: "id", args: { id } } };
  if (arn.region === "") yield { at: node, reason: { code: "no-region" } };
  else if (region !== undefined && (arn.region !== region.region || arn.partition !== region.partition)) {
    yield {
      at: node,
      severity: arn.partition === region.partition ? "warning" : "error",
      reason: { code: "region", args: { trustStore: placeOf(arn), listener: placeOf(region) } },
    };
  }
  if (!/^[0-9]{12}$/.test(arn.account))
    yield { at: node, severity: "warning", reason: { code: "account", args: { account: arn.account } } };
}

function placeOf({ partition, region }: { readonly partition: string; readonly region: string }): string {
  return partition === "aws" ? region : `${region} (${partition})`;
}
