// The import API, which is what the command line asks of each file.
import * as l10n from "@vscode/l10n";
import { givenByContent, givenFor, isChecked, isGeneratedPath, outerUse } from "../core/check-files.ts";
import { whenReadable } from "../core/document/readable.ts";
import { decode } from "../core/encoding.ts";
import type { Facts } from "../core/facts.ts";
import { fixAll } from "../core/fixes.ts";
import { isShown, judgeInSteps } from "../core/judging.ts";
import { contentOfBytes } from "../core/messages/content.ts";
import { ignoredGlobText } from "../core/messages/ignored-glob.ts";
import { privateKeyIn } from "../core/pem/private-key.ts";
import { read, readAs } from "../core/read.ts";
import type { Context } from "../core/rules/rule.ts";
import { objectOf, readRuleSettings, readSuppressions } from "../core/settings.ts";
import { finish } from "../core/steps.ts";
import { LineIndex, lastPart } from "../core/text.ts";
import { isTarget } from "../core/truststore/targets.ts";
import { narrowUse, readUse, type Use } from "../core/truststore/use.ts";
import { noVerdicts } from "../core/x509/path/verdicts.ts";
import { contentKindOf } from "../core/x509/read/contents.ts";
import { settings as usual } from "../manifest.ts";
import { useSaid } from "../platform/globs.ts";
import { sha256 } from "../platform/node/crypto.ts";
import type { CheckOptions, CheckResult, check as declared, Position } from "./api.ts";
import { hasOurName } from "./names.ts";
import { verified } from "./signatures.ts";
import { findingsOf, maskedText } from "./told.ts";

const nothing: Omit<CheckResult, "warnings"> = {
  isChecked: false,
  findings: [],
  hidden: 0,
  suppressions: [],
  unread: undefined,
  fault: undefined,
  fixed: undefined,
};

export const check: typeof declared = (content, options = {}) => checkRead(content, options, () => undefined);

/** @param onRead told of what was read, before anything is fixed; not of what is none of ours */
export async function checkRead(
  content: string | Uint8Array,
  options: CheckOptions,
  onRead: (facts: Facts) => void,
): Promise<CheckResult> {
  const { path = "", settings = {} } = options;
  const warnings = new Set<string>();
  const binary = typeof content === "string" ? undefined : binaryIn(path, content);
  if (binary?.kind === "unread") return { ...nothing, unread: binary.reason, warnings: [] };
  const isBinary = binary !== undefined;
  const facts = isBinary ? binary.facts : await factsOf(path, content, options.isGenerated);
  if (facts !== undefined) onRead(facts);
  const use = useOutside(path, options, (sentence) => warnings.add(sentence));
  // Any text may show a block in a form that programs do not read, and mean it so, unless somebody says what it is for.
  const isMeant = hasOurName(path) || isBinary || facts?.kind !== "bundle" || facts.bundle.pieces.length > 0;
  if (facts === undefined || !isChecked(facts, use) || !(isMeant || use.purpose !== "unknown"))
    // Where it is broken, what it would be is not known: a config of ours must not pass for one of others.
    return { ...nothing, fault: facts === undefined ? undefined : faultOf(facts), warnings: [...warnings] };
  const all = readSuppressions(settings["mtls.suppress"]);
  const hidden = all.filter((entry) => entry.path === path);
  const context = contextOf(options, use);
  const onFault = (rule: string, error: unknown) => {
    warnings.add(l10n.t("The rule {0} failed and was left out: {1}", rule, String(error)));
  };
  // What is changed in a file that a program writes again is lost.
  const isFixable = !isBinary && !(options.isGenerated ?? isGeneratedPath(path));
  const isFixing = options.fix === true && isFixable;
  const fixed = isFixing ? fixAll(facts, context, onFault, (problem) => isShown(problem, hidden)) : undefined;
  const left = fixed === undefined || fixed.applied === 0 ? facts : readAs(facts, fixed.text);
  const signatures = left.kind === "bundle" ? await verified(left.bundle) : noVerdicts;
  const judging = { context: { ...context, signatures }, onFault, hidden };
  const judged = finish(judgeInSteps(left, judging));
  return {
    isChecked: true,
    findings: findingsOf(left, judged.shown, { path, isBinary, isFixable, withEdits: options.edits !== false }),
    hidden: judged.hidden.length,
    suppressions: [...new Set(judged.hidden.map(({ by }) => all.indexOf(by)))],
    unread: undefined,
    fault: faultOf(left),
    fixed: fixed === undefined ? undefined : { fixes: fixed.applied, text: fixed.text },
    warnings: [...warnings],
  };
}

type Binary = { readonly kind: "read"; readonly facts: Facts } | { readonly kind: "unread"; readonly reason: string };

/** @returns `undefined`: it is text */
function binaryIn(path: string, bytes: Uint8Array): Binary | undefined {
  if (!mayBeBinary(bytes)) return undefined;
  const content = contentOfBytes(lastPart(path), bytes);
  if (content.kind === "blocks")
    return content.places === "nowhere" ? { kind: "read", facts: content.facts } : undefined;
  const isKnown = contentKindOf(bytes) !== undefined || privateKeyIn(bytes) !== undefined;
  const { text, steps } = content.note;
  return isKnown ? { kind: "unread", reason: [text, ...steps].join(" ") } : undefined;
}

/** DER begins with a SEQUENCE, whose tag is the `0` of a text; and Java's keystores with their magic. */
function mayBeBinary([tag]: Uint8Array): boolean {
  return tag === 0x30 || tag === 0xfe || tag === 0xce;
}

async function factsOf(
  path: string,
  content: string | Uint8Array,
  isGenerated = isGeneratedPath(path),
): Promise<Facts | undefined> {
  const decoded = typeof content === "string" ? { text: content, encoding: "unknown" as const } : decode(content);
  const given = hasOurName(path) ? givenFor(path, decoded) : givenByContent(path, decoded);
  if (given === undefined) return undefined;
  await whenReadable(given.syntax);
  return read(given.syntax === "pem" ? given : { ...given, isGenerated });
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

function faultOf(facts: Facts): Position | undefined {
  const problem = facts.kind === "config" ? facts.tree.problems[0] : undefined;
  if (facts.kind !== "config" || problem === undefined) return undefined;
  const { line, column } = new LineIndex(facts.tree.text).at(problem.start);
  return { line: line + 1, column: column + 1 };
}

/** A text as a difference shows it: without what is secret in it. */
export async function shownText(path: string, content: string | Uint8Array): Promise<string> {
  const facts = await factsOf(path, content);
  return facts === undefined ? "" : maskedText(facts);
}
