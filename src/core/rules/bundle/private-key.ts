import * as l10n from "@vscode/l10n";
import { boundaryText, opensshKey } from "../../pem/boundary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Bundle, Piece } from "../../x509/bundle/bundle.ts";
import { hiddenKeys, placeOfHidden } from "../../x509/bundle/hidden.ts";
import { headIn } from "../../x509/bundle/places.ts";
import { selection } from "../../x509/bundle/selection.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const privateKeys = selection(({ block }) => block.kind === "private-key" && !block.placeholder);

const says = {
  origin: () =>
    l10n.t(
      "This file contains a private key in addition to certificates. ACM accepts certificate, chain, and key separately. Keep the key in a separate file.",
    ),
  openssh: () =>
    l10n.t(
      "This private key is in OpenSSH format, which ACM does not accept. Copy the key alone to a separate file, and convert it there with {0} and an empty new passphrase.",
      "ssh-keygen -p -m PEM -f FILE",
    ),
  mislabelled: ({ label }: { label: string }) =>
    l10n.t(
      "The label is {0}, but this PEM block contains a private key. Anyone with access to this file has the key. Keep it in a separate file under its own label, and replace it if others have seen this file.",
      label,
    ),
  label: ({ right }: { right: string }) => l10n.t("Change the label to {0}", right),
  "trust-store": () =>
    l10n.t(
      "This trust store contains a private key. Anyone with access to the trust store can sign as the owner of the key. Remove the key, and replace it if others have seen this file.",
    ),
  unknown: () =>
    l10n.t(
      "This file contains a private key in addition to certificates. Anyone with access to this file has the key.",
    ),
} satisfies Says;

const forPurpose = {
  origin: { code: "origin" },
  "trust-store": { code: "trust-store" },
  unknown: { code: "unknown" },
} as const;

export const privateKey: Rule<Bundle, typeof says> = {
  id: "bundle/private-key",
  severity: "error",
  requires: l10n.t(
    "A certificate file for AWS must not contain a private key, because a trust store has no private key and ACM accepts the key only separately.",
  ),
  source: sources.acmFormat,
  says,
  *check(bundle, { purpose }) {
    const keys = privateKeys(bundle);
    // A file of its own for the key is where it belongs; in a trust store there is no such file.
    const isBeside = bundle.pieces.some(
      ({ block }) => block.kind === "certificate" || block.kind === "trusted-certificate",
    );
    if (isBeside || purpose === "trust-store")
      for (const hidden of hiddenKeys(bundle))
        yield {
          at: placeOfHidden(hidden),
          ...(purpose === "unknown" ? { severity: "info" } : {}),
          reason: forPurpose[purpose],
        };
    for (const { index, piece } of keys) {
      const at = headIn(bundle, index);
      const { label, mislabelledKey } = piece.block;
      if (mislabelledKey !== undefined) {
        // Beside certificates, and in a trust store, the right label alone does not help.
        const isEnough = !isBeside && purpose !== "trust-store";
        const fixes = isEnough ? relabelling(piece, bundle.starts[index] ?? 0, mislabelledKey.label) : [];
        yield { at, reason: { code: "mislabelled", args: { label } }, fixes };
        continue;
      }
      const isOpenssh = purpose === "origin" && label === opensshKey;
      if (!isBeside && purpose !== "trust-store" && !isOpenssh) continue;
      yield {
        at,
        // HAProxy, for one, wants it so.
        ...(purpose === "unknown" ? { severity: "info" } : {}),
        reason: isOpenssh ? { code: "openssh" } : forPurpose[purpose],
      };
    }
  },
};

function relabelling(
  { block: { begin, end } }: Piece,
  start: number,
  right: string | undefined,
): readonly Fix<ReasonOf<typeof says>>[] {
  if (begin === undefined || end === undefined || right === undefined) return [];
  const changes = (["BEGIN", "END"] as const).map((word) => {
    const span = word === "BEGIN" ? begin : end;
    const edit = { span: { start: start + span.start, end: start + span.end }, text: boundaryText(word, right) };
    return { kind: "rewrite" as const, edit };
  });
  return [{ reason: { code: "label", args: { right } }, safe: true, changes }];
}
