import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { keyCalled } from "../../x509/key-naming.ts";
import { isCertificateAuthority, type PublicKey } from "../../x509/model.ts";
import { certificateCalled } from "../../x509/naming.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  rsa: ({ title, bits }: { title: string; bits: number }) =>
    l10n.t("The RSA key of “{0}” has {1} bits. RSA keys with fewer than 2048 bits are weak.", title, bits),
  curve: ({ title, key }: { title: string; key: string }) =>
    l10n.t(
      "The key of “{0}” ({1}) is weak. Curves with fewer than 224 bits have less than 112 bits of strength.",
      title,
      key,
    ),
} satisfies Says;

export const weakKey: Rule<CertificatePiece, typeof says> = {
  id: "certificate/weak-key",
  severity: "warning",
  requires: l10n.t(
    "A key must have at least 112 bits of strength, which is at least 2,048 bits for RSA and at least 224 bits for elliptic curves.",
  ),
  source: sources.keySizes,
  says,
  concerns: ({
    content: {
      certificate: { publicKey },
    },
  }) => isWeak(publicKey),
  *check({ block, content: { certificate } }, { purpose, targets = [] }) {
    // What the services say that it is for: trust-store/key.
    if (purpose === "trust-store" && targets.length > 0) return;
    const key = certificate.publicKey;
    // The key of a client certificate is judged by client-certificate/key.
    if (purpose === "origin" && !isCertificateAuthority(certificate)) return;
    const title = certificateCalled(certificate);
    yield {
      at: headOf(block),
      reason:
        key.kind === "ec"
          ? { code: "curve", args: { title, key: keyCalled(key) } }
          : { code: "rsa", args: { title, bits: key.bits ?? 0 } },
    };
  },
};

function isWeak({ kind, bits }: PublicKey): boolean {
  return bits !== undefined && bits < (kind === "rsa" || kind === "rsa-pss" ? 2048 : kind === "ec" ? 224 : 0);
}
