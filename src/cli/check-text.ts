// The import API, which is what the command line asks of each file.
import * as l10n from "@vscode/l10n";
import { givenFor, isChecked, outerUse } from "../core/check-files.ts";
import { whenReadable } from "../core/document/readable.ts";
import { decode } from "../core/encoding.ts";
import type { Facts } from "../core/facts.ts";
import { fixAll } from "../core/fixes.ts";
import { isShown, judgeInSteps } from "../core/judging.ts";
import { ignoredGlobText } from "../core/messages/ignored-glob.ts";
import { read, readAs } from "../core/read.ts";
import type { Context } from "../core/rules/rule.ts";
import { objectOf, readRuleSettings, readSuppressions } from "../core/settings.ts";
import { finish } from "../core/steps.ts";
import { LineIndex, lastPart } from "../core/text.ts";
import { isTarget } from "../core/truststore/targets.ts";
import { narrowUse, readUse, type Use } from "../core/truststore/use.ts";
import { bundleOfDer } from "../core/x509/bundle/bundle.ts";
import { indexOf } from "../core/x509/path/chain.ts";
import { signaturePairs } from "../core/x509/path/pairs.ts";
import { contentKindOf } from "../core/x509/read/contents.ts";
import { settings as usual } from "../manifest.ts";
import { useSaid } from "../platform/globs.ts";
import { SignatureChecker, sha256 } from "../platform/node/crypto.ts";
import type { Finding, Position } from "./finding.ts";
import { findingsOf } from "./told.ts";

/** Settings by their names in the editor. What is wrong in them says nothing. */
export interface Settings {
  /** By rule id: `error`, `warning`, `info` or `off`. */
  readonly "mtls.rules"?: unknown;
  /** Findings not to be told: a list of `{ rule, path, origin?, certificate? }`. */
  readonly "mtls.suppress"?: unknown;
  /** A certificate that expires sooner is told of; in days. */
  readonly "mtls.expiryWarningDays"?: unknown;
  /** By glob: what the files that match it are for. */
  readonly "mtls.purposes"?: unknown;
}

export interface CheckOptions {
  /** Relative to the folder of the settings, with `/`: so they name the file, and its ending tells what is in it. */
  readonly path?: string | undefined;
  /** Certificates are judged by this time; left out: now. */
  readonly now?: Date | undefined;
  readonly settings?: Settings | undefined;
  /** What the file is for, whatever the settings say: `origin`, `trust-store`, or services, separated by commas. */
  readonly purpose?: string | undefined;
  /** Services whose configs name the file as their trust store. */
  readonly namedBy?: readonly string[] | undefined;
  /** Whether safe fixes are made, and what is left is told. */
  readonly fix?: boolean | undefined;
  /** Whether fixes say what they edit; left out: they do. */
  readonly edits?: boolean | undefined;
}

export interface CheckResult {
  /** Whether there is anything in it that is checked. */
  readonly isChecked: boolean;
  /** In the order of their places. */
  readonly findings: readonly Finding[];
  /** Findings that the settings hide. */
  readonly hidden: number;
  /** The entries of `mtls.suppress` that hide them, by their places in it. */
  readonly suppressions: readonly number[];
  /** Where it is no JSON or YAML any more: what stands behind it may not have been checked, and nothing was fixed. */
  readonly fault: Position | undefined;
  /** With `fix`: how many were made, and the text after them. */
  readonly fixed: { readonly fixes: number; readonly text: string } | undefined;
  /** Whole sentences: settings that are ignored, rules that failed. */
  readonly warnings: readonly string[];
}

const nothing: Omit<CheckResult, "warnings"> = {
  isChecked: false,
  findings: [],
  hidden: 0,
  suppressions: [],
  fault: undefined,
  fixed: undefined,
};

/**
 * What is wrong in one file. Never throws for what is in it, however wrong.
 * @param content its bytes tell its encoding too, and can be DER
 */
export async function check(content: string | Uint8Array, options: CheckOptions = {}): Promise<CheckResult> {
  const { path = "", settings = {} } = options;
  const warnings = new Set<string>();
  const isBinary = typeof content !== "string" && mayBeDer(content) && contentKindOf(content) !== undefined;
  const facts = isBinary ? factsOfDer(path, content) : await factsOf(path, content);
  const use = useOutside(path, options, (sentence) => warnings.add(sentence));
  if (facts === undefined || !isChecked(facts, use)) return { ...nothing, warnings: [...warnings] };
  const all = readSuppressions(settings["mtls.suppress"]);
  const hidden = all.filter((entry) => entry.path === path);
  const context = contextOf(options, use);
  const onFault = (rule: string, error: unknown) => {
    warnings.add(l10n.t("The rule {0} failed and was left out: {1}", rule, String(error)));
  };
  const isFixing = options.fix === true && !isBinary;
  const fixed = isFixing ? fixAll(facts, context, onFault, (problem) => isShown(problem, hidden)) : undefined;
  const left = fixed === undefined || fixed.applied === 0 ? facts : readAs(facts, fixed.text);
  const judging = { context: { ...context, signatures: await verified(left) }, onFault, hidden };
  const judged = finish(judgeInSteps(left, judging));
  return {
    isChecked: true,
    findings: findingsOf(left, judged.shown, { path, isBinary, withEdits: options.edits !== false }),
    hidden: judged.hidden.length,
    suppressions: [...new Set(judged.hidden.map(({ by }) => all.indexOf(by)))],
    fault: faultOf(left),
    fixed: fixed === undefined ? undefined : { fixes: fixed.applied, text: fixed.text },
    warnings: [...warnings],
  };
}

/** Every structure of DER begins with a SEQUENCE, and a text hardly ever with its tag, which is that of `0`. */
function mayBeDer([tag]: Uint8Array): boolean {
  return tag === 0x30;
}

function factsOfDer(path: string, bytes: Uint8Array): Facts {
  return { kind: "bundle", name: lastPart(path), encoding: "unknown", bundle: bundleOfDer(bytes) };
}

async function factsOf(path: string, content: string | Uint8Array): Promise<Facts | undefined> {
  const decoded = typeof content === "string" ? { text: content, encoding: "unknown" as const } : decode(content);
  const given = givenFor(path, decoded);
  if (given === undefined) return undefined;
  await whenReadable(given.syntax);
  return read(given);
}

/** What is said of the file outside of it. */
function useOutside(
  path: string,
  { purpose, namedBy = [], settings = {} }: CheckOptions,
  warn: (sentence: string) => void,
): Use {
  const purposes = Object.entries(objectOf(settings["mtls.purposes"]));
  const set = useSaid(purposes, path, (glob, trouble) => warn(ignoredGlobText(glob, trouble)));
  const said = purpose === undefined ? set : narrowUse(readUse(purpose), set);
  return outerUse(said, () => namedBy.filter(isTarget));
}

function contextOf({ now = new Date(), settings = {} }: CheckOptions, use: Use): Context {
  const rules = settings["mtls.rules"];
  return {
    now,
    settings: readRuleSettings(rules, settings["mtls.expiryWarningDays"], usual["mtls.expiryWarningDays"]),
    fingerprint: sha256,
    ...use,
  };
}

async function verified(facts: Facts): Promise<SignatureChecker> {
  const checker = new SignatureChecker();
  if (facts.kind === "bundle") await checker.verifyInSlices(signaturePairs(indexOf(facts.bundle)).pairs);
  return checker;
}

function faultOf(facts: Facts): Position | undefined {
  const problem = facts.kind === "config" ? facts.tree.problems[0] : undefined;
  if (facts.kind !== "config" || problem === undefined) return undefined;
  const { line, column } = new LineIndex(facts.tree.text).at(problem.start);
  return { line: line + 1, column: column + 1 };
}
