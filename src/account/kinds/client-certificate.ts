import { isAbsent } from "../../core/acm/origin-state.ts";
import { clientCertificateWords } from "../certificate-words.ts";
import { below, rowKind } from "../kind.ts";
import { link } from "../link.ts";
import { named } from "../row.ts";
import { certificateRow, explainCertificate, judgedCertificate } from "./certificate.ts";
import { judgedOrigin, origin, originRow } from "./origin.ts";

/** The certificate that is presented to an origin, in its place there. */
export const clientCertificate = rowKind(named("client-certificate", "distribution", "origin", "arn"))({
  kind: "client-certificate",
  key: (row) => `client ${row.distribution} ${row.origin}`,
  contexts: ["link.certificate"],
  item: ({ arn }, outlook) => {
    const { account, model } = outlook;
    const inventory = account.current();
    const isGone = inventory !== undefined && isAbsent(arn, inventory);
    return link(
      clientCertificateWords(arn, judgedCertificate(arn, outlook), isGone, model.asked().now),
      "link.certificate",
    );
  },
  explain: ({ arn }, outlook) => explainCertificate(arn, outlook),
  below: below(origin, (row, outlook) => {
    const arn = judgedOrigin(row, outlook)?.origin.origin.clientCertificate;
    return arn === undefined
      ? []
      : [{ kind: "client-certificate", distribution: row.distribution, origin: row.origin, arn }];
  }),
  parent: (row) => originRow(row.distribution, row.origin),
  closer: ({ arn }) => [arn],
  meant: ({ arn }) => certificateRow(arn),
});
