import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { offCurvesIn } from "../../x509/bundle/off-curve.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import { keyCalled } from "../../x509/key-naming.ts";
import { certificateCalled } from "../../x509/naming.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "no-point": ({ title, key }: { title: string; key: string }) =>
    l10n.t(
      "The key of “{0}” ({1}) is not a point on its curve. No private key belongs to it, and programs cannot use the certificate. Get the certificate from its CA again.",
      title,
      key,
    ),
} satisfies Says;

export const offCurve: Rule<Bundle, typeof says> = {
  id: "certificate/off-curve",
  severity: "error",
  requires: l10n.t(
    "In a file of up to 256 certificates, the elliptic curve key of each certificate must be a point on its curve.",
  ),
  source: sources.keyValidation,
  says,
  *check(bundle) {
    for (const { index, certificate } of offCurvesIn(bundle)) {
      const args = { title: certificateCalled(certificate), key: keyCalled(certificate.publicKey) };
      yield { ...aboutPiece(bundle, index), reason: { code: "no-point", args } };
    }
  },
};
