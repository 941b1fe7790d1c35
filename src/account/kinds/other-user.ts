import * as l10n from "@vscode/l10n";
import { parseArn } from "../../core/arn.ts";
import { shown } from "../../core/messages/x509/describe.ts";
import { below, item, rowKind } from "../kind.ts";
import { named } from "../row.ts";
import { joined, type Words } from "../row-words.ts";
import { certificate, certificateOf, certificateRow, usesOf } from "./certificate.ts";

/** A resource of another service that uses a certificate. */
export interface OtherUserRow {
  readonly kind: "other-user";
  readonly arn: string;
  /** Its ARN. */
  readonly user: string;
}

export const otherUser = rowKind(named("other-user", "arn", "user"))({
  kind: "other-user",
  key: ({ arn, user }) => `other ${arn} ${user}`,
  contexts: ["resource"],
  item: ({ user }) => item(words(user), "leaf", "resource"),
  explain: ({ user }) => ({ title: user, text: [], facts: [], link: undefined }),
  below: below(certificate, ({ arn }, outlook) => {
    const { origins, viewers } = usesOf(arn, outlook);
    const known = new Set([...origins.map(({ distribution }) => distribution.arn), ...viewers.map((one) => one.arn)]);
    return (certificateOf(arn, outlook)?.details?.inUseBy ?? [])
      .filter((user) => !known.has(user))
      .map((user): OtherUserRow => ({ kind: "other-user", arn, user }));
  }),
  parent: ({ arn }) => certificateRow(arn),
});

function words(arn: string): Words {
  const parsed = parseArn(arn);
  return {
    kind: l10n.t("Resource"),
    label: shown(parsed?.resource ?? arn, 200),
    lead: "",
    description: parsed === undefined ? "" : joined([parsed.service, parsed.region, parsed.account]),
    icon: { id: "symbol-misc" },
  };
}
