import * as vscode from "vscode";
import type { BundleFacts } from "../../core/facts.ts";
import {
  obstaclesInSteps,
  obstacleText,
  type StoreObstacle,
  verdictHeading,
  verdictText,
} from "../../core/messages/compatibility.ts";
import { useOf } from "../../core/rules/check.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { finish, type Steps } from "../../core/steps.ts";
import type { Span } from "../../core/text.ts";
import {
  type BundleFitness,
  bundleFitnessInSteps,
  type StoreVerdict,
  unmetInSteps,
} from "../../core/truststore/fitness.ts";
import { prepareStore } from "../../core/truststore/prepare.ts";
import { profiles, type Target, targets } from "../../core/truststore/targets.ts";
import type { Use } from "../../core/truststore/use.ts";
import { type Bundle, certificatesOf } from "../../core/x509/bundle/bundle.ts";
import { isCertificateAuthority } from "../../core/x509/model.ts";
import { noVerdicts } from "../../core/x509/path/verdicts.ts";
import type { CommandId } from "../../manifest.ts";
import { activeDocument } from "../certificates/files.ts";
import { summaryOf } from "../certificates/words.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { contextFor, type Surroundings, useOutside } from "../documents/reader.ts";
import { positionsOf } from "../editor/convert.ts";
import { fileName } from "../editor/files.ts";
import { type Log, logFault } from "../editor/log.ts";
import { pickOne } from "../editor/pick.ts";
import { plain } from "../editor/plain.ts";
import { useFor } from "../editor/purpose-setting.ts";
import { say } from "../editor/say.ts";
import { whileUnchanged } from "../editor/while-unchanged.ts";

export function isBundle(checked: Checked | undefined): checked is Checked & { readonly facts: BundleFacts } {
  return checked?.facts.kind === "bundle" && checked.facts.bundle.pieces.length > 0;
}

/** A trust store without services that it is for. */
export function isOpenStore({ purpose, targets: services }: Use): boolean {
  return purpose === "trust-store" && services.length === 0;
}

/** What the file says itself. */
export function markedUse(bundle: Bundle): Use {
  return useOf(bundle, { purpose: "unknown" });
}

// --- what the active file holds and is for, beside its language

/** After the last change, in milliseconds. */
const servicesPause = 500;

/** Shown while the active editor holds PEM blocks. */
export function showPurpose(documents: Documents, surroundings: Surroundings, log: Log): vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  let services: vscode.LanguageStatusItem | undefined;
  let timer: NodeJS.Timeout | undefined;
  let asking = new AbortController();
  const update = () => {
    asking.abort();
    const document = vscode.window.activeTextEditor?.document;
    const checked = document === undefined ? undefined : documents.last(document);
    if (checked?.facts.kind !== "bundle" || !isShown(checked.facts.bundle, checked.document, surroundings)) {
      item?.dispose();
      services?.dispose();
      item = undefined;
      services = undefined;
      return;
    }
    const { bundle } = checked.facts;
    item ??= vscode.languages.createLanguageStatusItem("mtls.purpose", []);
    item.selector = { language: checked.document.languageId };
    item.name = vscode.l10n.t("mTLS: File Contents and Purpose");
    item.text = summaryOf(bundle) || vscode.l10n.t("no certificate");
    item.detail = vscode.l10n.t("Purpose: {0}", purposeText(bundle, checked.document, surroundings));
    item.severity = severityOf(checked.problems);
    item.command = {
      command: "mtls.setPurpose" satisfies CommandId,
      title: vscode.l10n.t("Set…"),
      tooltip: vscode.l10n.t("Set File Purpose"),
    };
    // The verdicts of the services need the whole file, so they wait for a pause in typing.
    clearTimeout(timer);
    timer = setTimeout(askServices, services === undefined ? 0 : servicesPause);
  };
  const askServices = () => {
    const document = vscode.window.activeTextEditor?.document;
    const checked = document === undefined ? undefined : documents.last(document);
    if (!isBundle(checked)) return showServices(undefined, []);
    const steps = verdictsOf(checked.facts, checked.document, surroundings);
    if (!isLarge(checked.facts)) return showServices(checked, finish(steps));
    asking = new AbortController();
    whileUnchanged(checked.document, steps, asking.signal).then(
      (verdicts) => verdicts !== undefined && showServices(checked, verdicts),
      (error: unknown) => logFault(log, "services", error),
    );
  };
  const showServices = (checked: Checked | undefined, verdicts: readonly Verdict[]): void => {
    if (checked === undefined || verdicts.length === 0) {
      services?.dispose();
      services = undefined;
      return;
    }
    services ??= vscode.languages.createLanguageStatusItem("mtls.services", []);
    services.selector = { language: checked.document.languageId };
    services.name = vscode.l10n.t("mTLS: Trust Store Compatibility");
    services.text = verdicts
      .map(({ target, verdict }) => `$(${verdictIcons[verdict]}) ${profiles[target].shortName}`)
      .join("  ");
    services.accessibilityInformation = {
      label: verdicts.map(({ target, verdict }) => `${profiles[target].name}: ${verdictText(verdict)}`).join(", "),
    };
    services.command = {
      command: "mtls.explainServices" satisfies CommandId,
      title: vscode.l10n.t("Details…"),
      tooltip: vscode.l10n.t("Show whether each service accepts this file as a trust store"),
    };
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    documents.onDidCheck((document) => {
      if (document === vscode.window.activeTextEditor?.document) update();
    }),
    {
      dispose: () => {
        clearTimeout(timer);
        asking.abort();
        item?.dispose();
        services?.dispose();
      },
    },
  );
}

/** A file without a block counts where it is named as something that has one. */
function isShown(bundle: Bundle, { uri }: vscode.TextDocument, { targetsOf }: Surroundings): boolean {
  return bundle.pieces.length > 0 || useOf(bundle, useOutside(uri, targetsOf)).purpose !== "unknown";
}

function purposeText(bundle: Bundle, document: vscode.TextDocument, { targetsOf }: Surroundings): string {
  const marked = markedUse(bundle);
  if (marked.purpose !== "unknown" && !isOpenStore(marked))
    return vscode.l10n.t("{0} (set in the file)", nameOfUse(marked));
  const set = useFor(document.uri);
  if (set.purpose !== "unknown" && !isOpenStore(set)) return vscode.l10n.t("{0} (set in settings)", nameOfUse(set));
  const named = useOutside(document.uri, targetsOf);
  if (named.targets.length > 0) return vscode.l10n.t("{0} (set by a configuration in the workspace)", nameOfUse(named));
  if (marked.purpose !== "unknown") return vscode.l10n.t("{0} (set in the file)", nameOfUse(marked));
  return set.purpose === "unknown" ? vscode.l10n.t("not set") : vscode.l10n.t("{0} (set in settings)", nameOfUse(set));
}

type Verdict = { readonly target: Target } & BundleFitness;

/** Beyond this many UTF-16 code units other work has its turn while the services are asked. */
const largeLength = 200_000;

function isLarge({ bundle }: BundleFacts): boolean {
  return bundle.pem.text.length > largeLength;
}

/** Whether each service takes the file: those that it is for, or all where none are set. */
function* verdictsOf(
  { bundle, encoding }: BundleFacts,
  document: vscode.TextDocument,
  { targetsOf, signatures = noVerdicts }: Surroundings,
): Steps<readonly Verdict[]> {
  const use = useOf(bundle, useOutside(document.uri, targetsOf));
  yield* prepareStore(bundle, []);
  if (use.purpose === "origin" || (use.purpose === "unknown" && !mayBeStore(bundle))) return [];
  const { now, fingerprint } = contextFor(document.uri);
  const verdicts: Verdict[] = [];
  for (const target of use.targets.length > 0 ? use.targets : targets) {
    const fitness = yield* bundleFitnessInSteps(bundle, target, now, signatures, { fingerprint, encoding });
    verdicts.push({ target, ...fitness });
  }
  return verdicts;
}

function* answersOf(facts: BundleFacts, document: vscode.TextDocument, surroundings: Surroundings): Steps<Answer[]> {
  const answers: Answer[] = [];
  for (const fitness of yield* verdictsOf(facts, document, surroundings)) {
    const { target, verdict } = fitness;
    const unmet = yield* unmetInSteps(facts.bundle, fitness);
    answers.push({ target, verdict, obstacles: yield* obstaclesInSteps(facts.bundle, unmet) });
  }
  return answers;
}

/** *Show Trust Store Compatibility*: with what each service would say, and where. */
export async function explainServices(documents: Documents, surroundings: Surroundings): Promise<void> {
  const document = await activeDocument();
  const checked = document === undefined ? undefined : await documents.current(document);
  if (document === undefined || !isBundle(checked)) {
    await say(vscode.l10n.t("Open a bundle of CA certificates (PEM) first."));
    return;
  }
  const { facts } = checked;
  const steps = answersOf(facts, document, surroundings);
  const answers = isLarge(facts) ? await whileUnchanged(document, steps) : finish(steps);
  if (answers === undefined) {
    await say(
      vscode.l10n.t("{0} changed before all services were checked. Run the command again.", fileName(document.uri)),
      "warning",
    );
    return;
  }
  const items = answers.flatMap((answer) => itemsOf(answer, answers.length === 1 ? Infinity : mostShown));
  if (items.length === 0) {
    await say(
      vscode.l10n.t(
        "{0} does not appear to be a trust store. It does not consist of CA certificates only, and its purpose is not set to trust store.",
        fileName(document.uri),
      ),
    );
    return;
  }
  const choose = (among: readonly ReasonItem[]) =>
    pickOne(among, {
      title: vscode.l10n.t("Trust Store Compatibility of {0}", plain(fileName(document.uri))),
      placeHolder: vscode.l10n.t("Select a reason to go to its location"),
    });
  const first = await choose(items);
  const picked = first?.all === undefined ? first : await choose(itemsOf(first.all, Infinity));
  if (picked?.target !== undefined)
    await vscode.commands.executeCommand("mtls.keepTaken" satisfies CommandId, document.uri, picked.target);
  if (picked?.at === undefined) return;
  const range = positionsOf(document).range(picked.at);
  const shown = await vscode.window.showTextDocument(document);
  shown.selection = new vscode.Selection(range.start, range.end);
  shown.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** So many reasons of each service leave room for all verdicts. */
const mostShown = 3;

interface Answer {
  readonly target: Target;
  readonly verdict: StoreVerdict;
  readonly obstacles: readonly StoreObstacle[];
}

/** The verdict, then what it is for: behind it, not beside it. */
function itemsOf(answer: Answer, most: number): readonly ReasonItem[] {
  const { target, verdict, obstacles } = answer;
  const { name } = profiles[target];
  // One more takes no more room than to say that there is one.
  const shown = obstacles.length > most + 1 ? obstacles.slice(0, most) : obstacles;
  const more = obstacles.length - shown.length;
  const indented = (icon: string, text: string) => `\u2003$(${icon}) ${text}`;
  return [
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: `$(${verdictIcons[verdict]}) ${verdictHeading(verdict, target)}` },
    ...shown.map((one) => ({ label: indented(one.severity, plain(obstacleText(one))), at: one.places[0]?.at })),
    ...(more === 0
      ? []
      : [{ label: indented("ellipsis", vscode.l10n.t("Show {0} more reasons…", more)), all: answer }]),
    ...(verdict === "passes"
      ? []
      : [{ label: indented("edit", vscode.l10n.t("Remove certificates that {0} rejects…", name)), target }]),
  ];
}

interface ReasonItem extends vscode.QuickPickItem {
  /** All that this service says is to be shown. */
  readonly all?: Answer;
  /** What the reason is about, in the text. */
  readonly at?: Span | undefined;
  /** What it takes is to be kept. */
  readonly target?: Target;
}

/** A lone certificate, or the chain of one, is more likely something else. */
function mayBeStore(bundle: Bundle): boolean {
  const all = certificatesOf(bundle);
  return all.length > 0 && all.every(({ certificate }) => isCertificateAuthority(certificate));
}

const verdictIcons: Readonly<Record<StoreVerdict, string>> = {
  passes: "pass",
  warned: "warning",
  refused: "error",
  unknown: "question",
};

function severityOf(problems: readonly Problem[]): vscode.LanguageStatusSeverity {
  if (problems.some(({ severity }) => severity === "error")) return vscode.LanguageStatusSeverity.Error;
  return problems.some(({ severity }) => severity === "warning")
    ? vscode.LanguageStatusSeverity.Warning
    : vscode.LanguageStatusSeverity.Information;
}

export function nameOfUse({ purpose, targets: services }: Use): string {
  if (purpose === "origin") return vscode.l10n.t("origin client certificate");
  return services.length === 0
    ? vscode.l10n.t("trust store")
    : vscode.l10n.t("trust store of {0}", services.map((target) => profiles[target].name).join(", "));
}
