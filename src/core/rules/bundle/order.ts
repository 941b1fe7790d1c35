import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import { arrangeBlocks } from "../../pem/arrange.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { mayHaveIssued } from "../../x509/identity.ts";
import type { Certificate } from "../../x509/model.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { indexOf, signersOf } from "../../x509/path/chain.ts";
import { chainOfFile, type FileChain, hasUnknown } from "../../x509/path/file-chain.ts";
import { noVerdicts, type SignatureVerdicts } from "../../x509/path/verdicts.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  misplaced: ({ belongs }: { belongs: string }) =>
    l10n.t("The certificates in this chain are not in order. “{0}” belongs here.", belongs),
  belongs: () => l10n.t("This certificate belongs there."),
  arrange: () => l10n.t("Sort the chain"),
} satisfies Says;

export const order: Rule<Bundle, typeof says> = {
  id: "bundle/order",
  severity: "error",
  requires: l10n.t("In a chain, each certificate must be followed by its issuer, from the leaf to the root."),
  source: sources.tlsCertificateList,
  says,
  *check(bundle, { signatures, purpose, now }) {
    if (purpose === "trust-store") return;
    const byName = purpose === "origin" ? unmetIn(bundle, now, "chain-order") : [];
    const unmet = purpose === "origin" && byName.length === 0 ? ofOtherKey(bundle, signatures) : byName;
    if (purpose === "origin" && unmet.length === 0) return;
    const chain = chainOfFile(bundle, signatures, { leafAnywhere: purpose === "origin" });
    const fixes = chain === undefined ? [] : fixesOf(bundle, chain);
    if (purpose === "origin") {
      // ACM insists on it.
      for (const finding of unmet) yield { ...finding, fixes };
      return;
    }
    if (chain === undefined || chain.isOrdered || chain.unconnected.length > 0) return;
    const places = chain.connected.toSorted((a, b) => a.index - b.index);
    const first = places.findIndex((piece, place) => chain.connected[place] !== piece);
    const [misplaced, belongs] = [places[first], chain.connected[first]];
    if (misplaced === undefined || belongs === undefined) return;
    yield {
      ...aboutPiece(bundle, misplaced.index),
      // TLS says no more than should.
      severity: "warning",
      reason: { code: "misplaced", args: { belongs: certificateCalled(belongs.certificate) } },
      related: [{ at: headIn(bundle, belongs.index), reason: { code: "belongs" } }],
      fixes,
    };
  },
};

/** Behind a certificate stands one of its issuer's name, which by key identifiers and signature did not issue it. */
function ofOtherKey(bundle: Bundle, signatures: SignatureVerdicts = noVerdicts): ReturnType<typeof unmetIn> {
  // What cannot be read may stand between the two.
  if (hasUnknown(bundle)) return [];
  const all = certificatesOf(bundle);
  const certificates = indexOf(bundle);
  const isOther = (issuer: Certificate, subject: Certificate): boolean => {
    const verdict = signatures.of(issuer, subject);
    if (verdict !== undefined) return verdict === "invalid";
    return signersOf(subject, certificates).first.some((signer) => signatures.of(signer, subject) === "valid");
  };
  return all.flatMap(({ certificate, index }, place) => {
    const before = all[place - 1]?.certificate;
    if (
      before === undefined ||
      before === certificate ||
      mayHaveIssued(certificate, before) ||
      certificate.subject.key !== before.issuer.key ||
      !isOther(certificates.same(certificate), certificates.same(before))
    )
      return [];
    const args = { title: certificateCalled(certificate), other: certificateCalled(before) };
    return [{ ...aboutPiece(bundle, index), reason: { code: "client:not-the-issuer", args } }];
  });
}

function fixesOf({ pem }: Bundle, { connected, unconnected }: FileChain): readonly Fix<ReasonOf<typeof says>>[] {
  const isChain =
    unconnected.length === 0 &&
    connected.every(
      ({ certificate }, place) =>
        place === 0 || mayHaveIssued(certificate, connected[place - 1]?.certificate ?? certificate),
    );
  // A block without an end of its own cannot be moved.
  if (!isChain || connected.some(({ piece }) => piece.block.damage.length > 0)) return [];
  const changes = arrangeBlocks(
    pem,
    connected.map(({ index }) => index),
  ).map((edit) => ({ kind: "rewrite" as const, edit }));
  return [{ reason: { code: "arrange" }, safe: true, changes }];
}
