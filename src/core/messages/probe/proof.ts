import * as l10n from "@vscode/l10n";
import type { Proof } from "../../probe/proof.ts";
import { isEnforced } from "../../probe/verdicts.ts";
import { dayText } from "../format.ts";
import { verdictWord } from "./verdict-word.ts";

/** As a row has it: `enforced in TLS, verified 2026-12-01`. */
export function proofInShort({ verdict, at }: Pick<Proof, "verdict" | "at">): string {
  return l10n.t("{0}, verified {1}", verdictWord(verdict), dayText(new Date(at)));
}

/** By itself, as a code lens has it: `Verified 2026-12-01: enforced in TLS`. */
export function proofAlone({ verdict, at }: Pick<Proof, "verdict" | "at">): string {
  return l10n.t("Verified {0}: {1}", dayText(new Date(at)), verdictWord(verdict));
}

/** In a sentence. */
export function proofText({ host, verdict, at }: Pick<Proof, "host" | "verdict" | "at">): string {
  const day = dayText(new Date(at));
  return isEnforced(verdict) === true
    ? l10n.t("On {0}, “{1}” was verified: mutual TLS is enforced ({2}).", day, host, verdictWord(verdict))
    : l10n.t("On {0}, “{1}” was verified: mutual TLS is not enforced ({2}).", day, host, verdictWord(verdict));
}
