import * as l10n from "@vscode/l10n";
import { certificateId } from "../../core/acm/name.ts";
import { shown } from "../../core/messages/x509/describe.ts";
import { expiryInShort } from "../expiry-words.ts";
import type { Judged } from "../judged.ts";
import { below, rowKind } from "../kind.ts";
import { link } from "../link.ts";
import { named } from "../row.ts";
import { joined, type Words } from "../row-words.ts";
import { certificateRow, explainCertificate, judgedCertificate } from "./certificate.ts";
import { distribution, distributionRow } from "./distribution.ts";

/** The certificate that viewers of a distribution see. */
export const viewerCertificate = rowKind(named("viewer-certificate", "distribution", "arn"))({
  kind: "viewer-certificate",
  key: (row) => `viewer ${row.distribution}`,
  contexts: ["link.certificate"],
  item: ({ arn }, outlook) =>
    link(words(arn, judgedCertificate(arn, outlook), outlook.model.asked().now), "link.certificate"),
  explain: ({ arn }, outlook) => explainCertificate(arn, outlook),
  below: below(distribution, ({ id }, { account }) => {
    const arn = account.current()?.distributions.get(id)?.viewerCertificate;
    return arn === undefined ? [] : [{ kind: "viewer-certificate", distribution: id, arn }];
  }),
  parent: (row) => distributionRow(row.distribution),
  meant: ({ arn }) => certificateRow(arn),
});

function words(arn: string, judged: Judged | undefined, now: Date): Words {
  return {
    kind: l10n.t("Viewer certificate"),
    label: judged?.name ?? shown(certificateId(arn), 200),
    description: joined([
      judged === undefined ? l10n.t("not checked") : expiryInShort(judged.certificate, now),
      l10n.t("viewer certificate"),
    ]),
    icon: { id: "lock" },
  };
}
