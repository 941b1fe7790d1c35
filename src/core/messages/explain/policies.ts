import * as l10n from "@vscode/l10n";
import {
  cachePolicyMeaning,
  managedCachePolicies,
  managedRequestPolicies,
  type PolicyMeaning,
  requestPolicyMeaning,
} from "../../cloudfront/managed-policies.ts";
import type { Explanation } from "../../dialect/assist.ts";
import { type Member, stringOf } from "../../document/tree.ts";
import { tell } from "../tell.ts";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";

/** Of the value of a member: the managed policy that it names; `undefined` for one of the account, and what is none. */
export function explainPolicy({ key, value }: Member): Explanation | undefined {
  const id = stringOf(value);
  switch (key) {
    case "CachePolicyId": {
      const policy = managedCachePolicies.find((one) => one.id === id);
      return policy === undefined
        ? undefined
        : {
            ...explained(policy.name, cachePolicyMeaning(policy)),
            link: {
              title: l10n.t("CloudFront Developer Guide: managed cache policies"),
              url: `${guide}/using-managed-cache-policies.html`,
            },
          };
    }
    case "OriginRequestPolicyId": {
      const policy = managedRequestPolicies.find((one) => one.id === id);
      return policy === undefined
        ? undefined
        : {
            ...explained(policy.name, requestPolicyMeaning(policy)),
            link: {
              title: l10n.t("CloudFront Developer Guide: managed origin request policies"),
              url: `${guide}/using-managed-origin-request-policies.html`,
            },
          };
    }
    default:
      return undefined;
  }
}

function explained(title: string, { inShort, more }: PolicyMeaning): Omit<Explanation, "link"> {
  return { title, text: more.map((reason) => tell(reason)), facts: [[l10n.t("Managed policy"), tell(inShort)]] };
}
