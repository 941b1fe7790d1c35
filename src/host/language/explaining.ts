import type { Explanation } from "../../core/dialect/assist.ts";
import type { Member, Node } from "../../core/document/tree.ts";
import { isOfNetwork, type Listeners } from "../../core/elb/listener.ts";
import type { Inventory } from "../../core/inventory.ts";
import { explainArnFor, explainCertificate } from "../../core/messages/explain/acm.ts";
import { explainDomainNameMember } from "../../core/messages/explain/apigateway.ts";
import { explainMember, explainModes } from "../../core/messages/explain/cloudfront.ts";
import { explainListenerMember } from "../../core/messages/explain/elb.ts";
import { explainPolicy } from "../../core/messages/explain/policies.ts";
import type { SubjectKind, SubjectOf } from "../../core/subjects.ts";

/** What a hover says inside a subject. */
export interface Explaining<Subject> {
  ofName(subject: Subject, member: Member): Explanation | undefined;
  /** @param member the one whose value it is; `undefined`: it is an item of a list */
  ofValue(
    subject: Subject,
    value: Node,
    member: Member | undefined,
    inventory: Inventory | undefined,
  ): Explanation | undefined;
}

export const explaining: { readonly [Kind in SubjectKind]: Explaining<SubjectOf<Kind>> } = {
  distribution: {
    ofName: (_, member) => explainMember(member) ?? explainPolicy(member),
    ofValue: ({ distribution: { viewerMtls, origins } }, value, member, inventory) => {
      if (value === viewerMtls?.mode) return explainModes(String(viewerMtls.mode.value));
      const isClientCertificate = origins.some(
        ({ blocks, bareArns }) =>
          blocks.some(({ certificate }) => certificate === value) || bareArns.some((member) => member.value === value),
      );
      if (isClientCertificate) return explainCertificate(value, inventory, new Date());
      return (member === undefined ? undefined : explainPolicy(member)) ?? explainArnFor(value, inventory);
    },
  },
  "domain-names": {
    ofName: ({ spelling }, member) => explainDomainNameMember(member, spelling),
    ofValue: ({ spelling }, value, member, inventory) =>
      ofSetting(value, member, inventory, (named) => explainDomainNameMember(named, spelling)),
  },
  listeners: {
    ofName: (listeners, member) => explainListenerMember(member, isOfNetworkListener(listeners, member)),
    ofValue: (listeners, value, member, inventory) =>
      ofSetting(value, member, inventory, (named) =>
        explainListenerMember(named, isOfNetworkListener(listeners, named)),
      ),
  },
};

function isOfNetworkListener({ listeners }: Listeners, { parent }: Member): boolean {
  const listener = listeners.find(({ node, block }) => parent === block || parent === node);
  return listener !== undefined && isOfNetwork(listener);
}

/** What a value means, its member says: the modes, the form of a place. */
function ofSetting(
  value: Node,
  member: Member | undefined,
  inventory: Inventory | undefined,
  explain: (member: Member) => Explanation | undefined,
): Explanation | undefined {
  if (value.kind !== "scalar") return undefined;
  return explainArnFor(value, inventory) ?? (member === undefined ? undefined : explain(member));
}
