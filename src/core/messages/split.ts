import * as l10n from "@vscode/l10n";
import type { SplitForAcm } from "../truststore/split.ts";
import { certificateTitle } from "./x509/describe.ts";

// What is said of a file that is split for ACM.

/** What has to be known of the parts before they are used. */
export function splitNotes(split: SplitForAcm): readonly string[] {
  return [
    ...(split.key?.isEncrypted === true
      ? [
          l10n.t(
            "The private key is encrypted, but ACM does not accept encrypted keys. Decrypt the key file before you import it.",
          ),
        ]
      : []),
    ...leftOutNotes(split),
    ...(split.key === undefined
      ? [l10n.t("The file contains no private key. The import command refers to a key file that you must add.")]
      : []),
  ];
}

/** @param isGuarded its owner alone can read the file */
export function keyCopiedText(isGuarded: boolean): string {
  return isGuarded
    ? l10n.t(
        "The private key is copied unchanged to a separate file that only you can read. The key is not decoded, so there is no check that it belongs to the certificate. Do not commit this file to Git.",
      )
    : l10n.t(
        "The private key is copied unchanged to a separate file. Make sure that no other user can read this file. The key is not decoded, so there is no check that it belongs to the certificate. Do not commit this file to Git.",
      );
}

/** Said once the files are written. */
export function wasSplitText(name: string, parts: string): string {
  return l10n.t("{0} was split into {1}.", name, parts);
}

/** The same, with what the command does that goes with it. */
export function wasSplitForImportText(name: string, parts: string): string {
  return l10n.t(
    "{0} was split into {1}. The command imports the certificate into us-east-1, where CloudFront looks for client certificates.",
    name,
    parts,
  );
}

const mostNamed = 5;

/** What is not of the chain, and whether the chain stops where there should be more of it. */
function leftOutNotes({ leftOut, others, open }: SplitForAcm): readonly string[] {
  if (leftOut.length === 0) return [];
  const names = others.slice(0, mostNamed).map((one) => l10n.t("“{0}”", certificateTitle(one)));
  const copies = leftOut.length - others.length;
  const more = others.length - names.length;
  return [
    ...(copies === 0 ? [] : [l10n.t("Duplicates left out: {0}.", copies)]),
    ...(others.length === 0
      ? []
      : [
          l10n.t(
            "Left out, because they are not part of the chain: {0}.",
            [...names, ...(more === 0 ? [] : [l10n.t("{0} more", more)])].join(", "),
          ),
        ]),
    ...(open === undefined
      ? []
      : [
          l10n.t(
            "The chain is incomplete: the CA certificate that issued “{0}” is not in this file.",
            certificateTitle(open),
          ),
        ]),
  ];
}
