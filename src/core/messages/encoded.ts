import * as l10n from "@vscode/l10n";
import type { EncodedBlock } from "../pem/encoded.ts";
import { numberText } from "./format.ts";

/** What is to be said of values beside what they hold: what was mended in them, and what is missing. */
export function remarksOn(blocks: readonly EncodedBlock[], isCut = false): readonly string[] {
  const cuts = blocks.flatMap(({ cut }) => cut ?? []);
  const [cut] = cuts;
  const spaces = blocks.reduce((sum, block) => sum + block.spaces, 0);
  const isUrlSafe = blocks.some(({ urlSafe }) => urlSafe);
  return [
    ...(isCut
      ? [
          l10n.t(
            "Only the first {0} values were read, because the text is large. There may be more.",
            numberText(blocks.length),
          ),
        ]
      : []),
    ...(cut === undefined
      ? []
      : [
          cuts.length > 1
            ? l10n.t("{0} values are cut off. Logs and headers often have a maximum length.", numberText(cuts.length))
            : cut.missing === undefined
              ? l10n.t("The value is cut off. Logs and headers often have a maximum length.")
              : l10n.t(
                  "The value is cut off: its last {0} bytes are missing. Logs and headers often have a maximum length.",
                  numberText(cut.missing),
                ),
        ]),
    ...(spaces === 0
      ? []
      : [
          spaces === 1
            ? l10n.t(
                "1 space was read as “+”. The value was URL-decoded once too often, which turned “+” into a space.",
              )
            : l10n.t(
                "{0} spaces were read as “+”. The value was URL-decoded once too often, which turned each “+” into a space.",
                numberText(spaces),
              ),
        ]),
    ...(isUrlSafe
      ? [
          l10n.t(
            "The value is base64url, which has “-” and “_” instead of “+” and “/”. The x5c member of a JSON Web Key and the Client-Cert header must be standard base64 (RFC 7517, section 4.7, and RFC 9440).",
          ),
        ]
      : []),
  ];
}
