import { explainDistribution, userWords } from "../distribution-words.ts";
import { below, rowKind } from "../kind.ts";
import { link } from "../link.ts";
import { named } from "../row.ts";
import { certificate, certificateRow, usesOf } from "./certificate.ts";
import { distributionRow, judgedDistribution } from "./distribution.ts";
import { judgedOrigin, originRow } from "./origin.ts";

/** Who uses a certificate. */
export interface UserRow {
  readonly kind: "user";
  readonly arn: string;
  readonly distribution: string;
  /** That it is presented to; without one, viewers of the distribution see it. */
  readonly origin: string | undefined;
}

const isOfCertificate = named("user", "arn", "distribution");

export const user = rowKind(
  (value): value is UserRow =>
    isOfCertificate(value) && (!("origin" in value) || ["string", "undefined"].includes(typeof value.origin)),
)({
  kind: "user",
  key: (row) => `user ${row.arn} ${row.distribution} ${row.origin ?? ""}`,
  contexts: ["link.distribution", "link.origin"],
  item: ({ distribution, origin }, outlook) => {
    const { now } = outlook.model.asked();
    if (origin === undefined) {
      const judged = judgedDistribution(distribution, outlook);
      return judged === undefined ? undefined : link(userWords(judged, undefined, now), "link.distribution");
    }
    const judged = judgedOrigin({ distribution, origin }, outlook);
    return judged === undefined ? undefined : link(userWords(judged.distribution, judged.origin, now), "link.origin");
  },
  explain: ({ distribution }, outlook) => {
    const judged = judgedDistribution(distribution, outlook);
    return judged === undefined
      ? undefined
      : explainDistribution(judged, outlook.account.owner(judged.distribution.arn));
  },
  below: below(certificate, ({ arn }, outlook) => {
    const { origins, viewers } = usesOf(arn, outlook);
    return [
      ...origins.map(
        ({ distribution, origin }): UserRow => ({
          kind: "user",
          arn,
          distribution: distribution.id,
          origin: origin.id,
        }),
      ),
      ...viewers.map(({ id }): UserRow => ({ kind: "user", arn, distribution: id, origin: undefined })),
    ];
  }),
  parent: ({ arn }) => certificateRow(arn),
  meant: ({ distribution, origin }) =>
    origin === undefined ? distributionRow(distribution) : originRow(distribution, origin),
});
