import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { certificateSelection } from "../../x509/bundle/selection.ts";
import { isSelfSigned } from "../../x509/identity.ts";
import type { Certificate } from "../../x509/model.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { indexOf, issuanceOf } from "../../x509/path/chain.ts";
import { noVerdicts, type SignatureVerdicts } from "../../x509/path/verdicts.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  broken: ({ issuer }: { issuer: string }) =>
    l10n.t(
      "The signature does not match the key of “{0}”, the issuer that this certificate names. One of the two certificates has the wrong name or was changed.",
      issuer,
    ),
  own: () =>
    l10n.t(
      "This certificate has the same subject and issuer, but it was not signed with its own key. It is damaged, or it is not a root certificate. Get it from its CA again.",
    ),
  issuer: () => l10n.t("The issuer that it names is here."),
} satisfies Says;

export const signature: Rule<Bundle, typeof says> = {
  id: "bundle/signature",
  severity: "error",
  requires: l10n.t(
    "The signature of a certificate must match the key of its issuer in the file, and that of a root certificate must match its own key.",
  ),
  source: sources.pathValidation,
  says,
  *check(bundle, { signatures = noVerdicts, now }) {
    if (signatures === noVerdicts) return;
    const broken = brokenIn(bundle, signatures, now);
    if (broken.length === 0) return;
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map(({ certificate, index }) => [certificate, index]),
    );
    for (const { index, issuer, isItself } of broken) {
      if (isItself) {
        // A root is trusted for what it is, and not all programs look at its signature.
        yield { ...aboutPiece(bundle, index), severity: "warning", reason: { code: "own" } };
        continue;
      }
      const of = places.get(issuer);
      if (of === undefined) continue;
      yield {
        ...aboutPiece(bundle, index),
        reason: { code: "broken", args: { issuer: certificateCalled(issuer) } },
        related: [{ at: headIn(bundle, of), reason: { code: "issuer" } }],
      };
    }
  },
};

const signedByOthers = certificateSelection((certificate) => !isSelfSigned(certificate));
const signedByThemselves = certificateSelection(isSelfSigned);

/** Among which certificates of its issuer's name one was found that signed it: a verdict stays as it is. */
const settled = new WeakMap<Certificate, readonly Certificate[]>();

interface Broken {
  readonly index: number;
  readonly issuer: Certificate;
  readonly isItself: boolean;
}

function brokenIn(bundle: Bundle, signatures: SignatureVerdicts, now: Date): readonly Broken[] {
  const all = indexOf(bundle);
  const issuanceIn = (certificate: Certificate) => issuanceOf(certificate, all, signatures, now.getTime());
  const roots = signedByThemselves(bundle).flatMap(({ certificate, index }) => {
    if (all.same(certificate) !== certificate || signatures.of(certificate, certificate) !== "invalid") return [];
    const { state } = issuanceIn(certificate);
    return state === "broken" ? [{ index, issuer: certificate, isItself: true }] : [];
  });
  const others = signedByOthers(bundle).flatMap(({ certificate, index }) => {
    const peers = all.ofSubject(certificate.issuer.key);
    if (peers.length === 0 || settled.get(certificate) === peers || all.same(certificate) !== certificate) return [];
    const { state, issuer } = issuanceIn(certificate);
    if (state === "valid") settled.set(certificate, peers);
    return state === "broken" && issuer !== undefined ? [{ index, issuer, isItself: false }] : [];
  });
  return roots.length === 0 ? others : [...roots, ...others].sort((a, b) => a.index - b.index);
}
