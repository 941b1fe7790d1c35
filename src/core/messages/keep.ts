import * as l10n from "@vscode/l10n";
import type { Steps } from "../steps.ts";
import { LineIndex } from "../text.ts";
import { type BundleFitness, inTheWayInSteps, type StoreVerdict } from "../truststore/fitness.ts";
import type { Kept } from "../truststore/keep.ts";
import { type Loss, lossOf } from "../truststore/keep-loss.ts";
import { profiles, type Target } from "../truststore/targets.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { obstaclesInSteps, obstacleTexts } from "./compatibility.ts";
import { numberText, seriesText } from "./format.ts";
import { tell } from "./tell.ts";

/** How many blocks that go are told, each by its line. */
const mostTold = 15;
/** How many CAs are named in the question. */
const mostNamed = 3;

/** What *Remove Certificates a Service Rejects* would do to a file. */
export interface KeepChange {
  /** What goes, and what to do before. */
  readonly text: string;
  /** What that means for those who rely on it. */
  readonly cutOff: readonly string[];
  readonly details: readonly string[];
}

/** @param result the bundle as it is left */
export function keepChange(kept: Kept, before: Bundle, result: Bundle, target: Target): KeepChange {
  const { dropped, lines, unpacked, relabelled, commented } = kept;
  const loss = lossOf(dropped, result);
  if (dropped.length > 0)
    return {
      text: [removalText(loss), ...keysText(loss)].join(" "),
      cutOff: authoritiesText(loss, target),
      details: [...removedText(kept, before), ...changesOf(kept, before)],
    };
  const text =
    unpacked.length > 0
      ? unpackingText(unpacked.length)
      : lines > 0
        ? linesText(lines)
        : relabelled.length > 0
          ? labelsText(relabelled.length)
          : commentsText(commented);
  const changes = changesOf(kept, before);
  // The one change that it is need not be told again.
  return { text, cutOff: [], details: changes.length === 1 && unpacked.length === 0 ? [] : changes };
}

/** Whether a service takes a file as it is left, and what is against it. */
export interface WhatIsLeft {
  readonly text: string;
  /** Empty where the service takes it. */
  readonly details: readonly string[];
}

/** @param bundle as it is left; the lines are those of its text */
export function* whatIsLeftInSteps(
  bundle: Bundle,
  fitness: BundleFitness,
  target: Target,
  about: { readonly file: string; readonly isChanged: boolean },
): Steps<WhatIsLeft> {
  const details = obstacleTexts(yield* obstaclesInSteps(bundle, yield* inTheWayInSteps(bundle, fitness)));
  const { name } = profiles[target];
  const text = about.isChanged
    ? afterwardsText(fitness.verdict, name)
    : nothingToRemoveText(fitness.verdict, name, about.file);
  return { text, details };
}

function nothingToRemoveText(verdict: StoreVerdict, service: string, file: string): string {
  switch (verdict) {
    case "passes":
      return l10n.t("{0} accepts {1}. There is nothing to remove.", service, file);
    case "warned":
      return l10n.t(
        "{0} accepts {1} with warnings that this command does not remove. Correct them in the file:",
        service,
        file,
      );
    case "refused":
      return l10n.t(
        "{0} rejects {1} for reasons that this command does not remove. Correct them in the file:",
        service,
        file,
      );
    case "unknown":
      return l10n.t(
        "{0} might not accept {1} for reasons that this command does not remove. Check them in the file:",
        service,
        file,
      );
  }
}

function afterwardsText(verdict: StoreVerdict, service: string): string {
  switch (verdict) {
    case "passes":
      return l10n.t("After this change, {0} accepts the file.", service);
    case "warned":
      return l10n.t(
        "After this change, {0} accepts the file with warnings. The line numbers are those after the change:",
        service,
      );
    case "refused":
      return l10n.t(
        "After this change, {0} still rejects the file. The line numbers are those after the change:",
        service,
      );
    case "unknown":
      return l10n.t(
        "After this change, {0} might still not accept the file. The line numbers are those after the change:",
        service,
      );
  }
}

function removalText({ certificates, keys, others }: Loss): string {
  const parts = [
    certificates === 0
      ? []
      : certificates === 1
        ? l10n.t("1 certificate")
        : l10n.t("{0} certificates", numberText(certificates)),
    keys === 0 ? [] : keys === 1 ? l10n.t("1 private key") : l10n.t("{0} private keys", numberText(keys)),
    others === 0 ? [] : others === 1 ? l10n.t("1 other block") : l10n.t("{0} other blocks", numberText(others)),
  ].flat();
  const [first, second, third] = parts;
  if (second === undefined) return l10n.t("This change removes {0} from this file.", first ?? "");
  return third === undefined
    ? l10n.t("This change removes {0} and {1} from this file.", first ?? "", second)
    : l10n.t("This change removes {0}, {1}, and {2} from this file.", first ?? "", second, third);
}

function authoritiesText({ authorities, hasOtherPaths }: Loss, target: Target): readonly string[] {
  if (authorities.length === 0) return [];
  const names = namesText(authorities);
  if (!hasOtherPaths) return [l10n.t("Clients with certificates below {0} will be rejected.", names)];
  return [
    profiles[target].isChainInStore
      ? l10n.t(
          "Clients with certificates below {0} will be rejected, unless another complete chain for them stays in this file.",
          names,
        )
      : l10n.t(
          "Clients with certificates below {0} will be rejected, unless their chain leads to another CA that stays in this file.",
          names,
        ),
  ];
}

function namesText(all: readonly Certificate[]): string {
  const titles = [...new Set(all.map((one) => tell(certificateCalled(one))))];
  const names = seriesText(titles.slice(0, mostNamed).map((title) => l10n.t("“{0}”", title)));
  return titles.length > mostNamed ? l10n.t("{0} and {1} more", names, numberText(titles.length - mostNamed)) : names;
}

function keysText({ keys }: Loss): readonly string[] {
  if (keys === 0) return [];
  return [
    keys === 1
      ? l10n.t("If you still need the private key, save it elsewhere first.")
      : l10n.t("If you still need the private keys, save them elsewhere first."),
  ];
}

function removedText({ dropped, unpacked }: Kept, { pem, starts, pieces }: Bundle): readonly string[] {
  const lines = new LineIndex(pem.text);
  const containers = new Set(unpacked);
  const told = dropped.slice(0, mostTold).map(({ index, why }) => {
    const line = lines.at((starts[index] ?? 0) + (pieces[index]?.block.span.start ?? 0)).line + 1;
    return containers.has(index)
      ? l10n.t("Line {0}, in the PKCS#7 block: {1}", line, tell(why))
      : l10n.t("Line {0}: {1}", line, tell(why));
  });
  return dropped.length > told.length
    ? [...told, l10n.t("and {0} more", numberText(dropped.length - told.length))]
    : told;
}

/** What becomes of what is kept. */
function changesOf({ relabelled, unpacked, lines, commented }: Kept, { pieces }: Bundle): readonly string[] {
  const trusted = relabelled.some((index) => pieces[index]?.block.kind === "trusted-certificate");
  return [
    ...(unpacked.length === 0
      ? []
      : [
          unpacked.length === 1
            ? l10n.t("1 PKCS#7 block is replaced with the certificates inside it. Nothing else in it is kept.")
            : l10n.t(
                "{0} PKCS#7 blocks are replaced with the certificates inside them. Nothing else in them is kept.",
                unpacked.length,
              ),
        ]),
    ...(relabelled.length === 0
      ? []
      : [
          relabelled.length === 1
            ? l10n.t("The label of 1 certificate is changed to {0}.", "CERTIFICATE")
            : l10n.t("The labels of {0} certificates are changed to {1}.", relabelled.length, "CERTIFICATE"),
        ]),
    ...(trusted ? [l10n.t("The trust settings that OpenSSL added to certificates are removed.")] : []),
    ...(lines === 0
      ? []
      : [
          lines === 1
            ? l10n.t("1 line of text outside the certificates is removed.")
            : l10n.t("{0} lines of text outside the certificates are removed.", numberText(lines)),
        ]),
    ...(commented === 0
      ? []
      : [
          commented === 1
            ? l10n.t("1 line of text becomes a comment.")
            : l10n.t("{0} lines of text become comments.", numberText(commented)),
        ]),
  ];
}

function unpackingText(count: number): string {
  return count === 1
    ? l10n.t("This change replaces 1 PKCS#7 block with the certificates inside it.")
    : l10n.t("This change replaces {0} PKCS#7 blocks with the certificates inside them.", count);
}

function linesText(count: number): string {
  return count === 1
    ? l10n.t("This change removes 1 line of text outside the certificates.")
    : l10n.t("This change removes {0} lines of text outside the certificates.", numberText(count));
}

function labelsText(count: number): string {
  return count === 1
    ? l10n.t("This change sets the label of 1 certificate to {0}.", "CERTIFICATE")
    : l10n.t("This change sets the labels of {0} certificates to {1}.", count, "CERTIFICATE");
}

function commentsText(count: number): string {
  return count === 1
    ? l10n.t("This change turns 1 line of text into a comment.")
    : l10n.t("This change turns {0} lines of text into comments.", numberText(count));
}
