import type * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import { isChecked, isGeneratedPath, outerUse } from "../../core/check-files.ts";
import { whenReadable } from "../../core/document/readable.ts";
import { syntaxOfTemplate } from "../../core/document/syntaxes.ts";
import type { Syntax } from "../../core/document/tree.ts";
import type { Encoding } from "../../core/encoding.ts";
import { configOf, type Facts } from "../../core/facts.ts";
import { type Suppression, shownProblems } from "../../core/judging.ts";
import { isOurs, readInSteps, reread } from "../../core/read.ts";
import type { Context, Problem } from "../../core/rules/rule.ts";
import type { FaultListener } from "../../core/rules/run.ts";
import { finish, type Steps } from "../../core/steps.ts";
import type { Target } from "../../core/truststore/targets.ts";
import type { Use } from "../../core/truststore/use.ts";
import type { SignatureVerdicts } from "../../core/x509/path/verdicts.ts";
import { configLanguages } from "../../manifest.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { fileName } from "../editor/files.ts";
import { type Log, logFault } from "../editor/log.ts";
import { useFor } from "../editor/purpose-setting.ts";
import { ruleSettings, suppressions, workspacePath } from "../editor/settings.ts";
import type { Reader } from "./documents.ts";
import { unknownIn } from "./inventory-source.ts";

/** What documents are judged by besides the settings. */
export interface Surroundings {
  readonly signatures?: SignatureVerdicts;
  readonly inventories?: InventorySource | undefined;
  /** The names of members that the service itself sent, for a document that was made of its answer. */
  readonly servedMembers?: (uri: vscode.Uri) => ReadonlySet<string> | undefined;
  /** For which services a file is a trust store, where configs of the workspace name it. */
  readonly targetsOf?: ((uri: vscode.Uri) => readonly Target[]) | undefined;
}

export function createReader(log: Log, surroundings: Surroundings): Reader {
  const { inventories = noAccount, servedMembers } = surroundings;
  const ask = askOnce(inventories);
  return {
    whenReadable: ({ languageId }) => (mayBeYaml(languageId) ? whenReadable("yaml") : undefined),
    read: (document, text, since) =>
      readInSteps({
        since,
        text,
        syntax: syntaxOf(document.languageId, text),
        isGenerated: isGeneratedPath(document.uri.path),
        name: fileName(document.uri),
        encoding: encodingOf(document),
        served: servedMembers?.(document.uri),
      }),
    reread,
    isOurs: ({ languageId, uri }, facts) => {
      if (facts.kind === "config") return isOurs(facts);
      // Plain text may show a block in a form that programs do not read, and mean it so, unless the settings name it.
      if (languageId === "plaintext") return facts.bundle.pieces.length > 0 || useFor(uri).purpose !== "unknown";
      return isChecked(facts, useOutside(uri, surroundings.targetsOf));
    },
    check: (document, facts) => {
      ask(document, facts);
      return judgeInSteps(document.uri, facts, log, surroundings);
    },
  };
}

/**
 * Has the account look at the certificates that a document names: again only when they are others, not after each edit
 * or failure.
 */
function askOnce(inventories: InventorySource): (document: vscode.TextDocument, facts: Facts) => void {
  const asked = new WeakMap<vscode.TextDocument, string>();
  return (document, facts) => {
    const inventory = inventories.current();
    if (inventory === undefined || configOf(facts) === undefined) {
      asked.delete(document);
      return;
    }
    const unknown = unknownIn(facts, inventory);
    const key = [inventory.account, ...unknown].join("\n");
    if (asked.get(document) === key) return;
    asked.set(document, key);
    if (unknown.length > 0) inventories.wanted(unknown);
  };
}

/** What is told of a document: by the rules, its settings and what is known around it. */
export function judge(uri: vscode.Uri, facts: Facts, log: Log, surroundings: Surroundings = {}): readonly Problem[] {
  return finish(judgeInSteps(uri, facts, log, surroundings));
}

export function judgeInSteps(
  uri: vscode.Uri,
  facts: Facts,
  log: Log,
  surroundings: Surroundings = {},
): Steps<readonly Problem[]> {
  const around = facts.kind === "bundle" ? surroundings : { ...surroundings, targetsOf: undefined };
  return shownProblems(facts, {
    context: contextFor(uri, around),
    onFault: faultsTo(log),
    hidden: hiddenIn(uri),
  });
}

/** A rule that threw: one line that names it. */
export function faultsTo(log: Log): FaultListener {
  return (ruleId, error) => logFault(log, `rule ${ruleId}`, error);
}

/** What the user does not want to see of a file. */
export function hiddenIn(uri: vscode.Uri): readonly Suppression[] {
  const path = workspacePath(uri);
  return path === undefined ? [] : suppressions(uri).filter((entry) => entry.path === path);
}

export function contextFor(
  uri: vscode.Uri,
  { signatures, inventories = noAccount, servedMembers, targetsOf }: Surroundings = {},
): Context {
  const [inventory, served] = [inventories.current(), servedMembers?.(uri)];
  return {
    now: currentMinute(),
    settings: ruleSettings(uri),
    fingerprint: sha256,
    ...useOutside(uri, targetsOf),
    ...(signatures === undefined ? {} : { signatures }),
    ...(inventory === undefined ? {} : { inventory }),
    ...(served === undefined ? {} : { servedMembers: served }),
  };
}

export function useOutside(uri: vscode.Uri, targetsOf: Surroundings["targetsOf"]): Use {
  return outerUse(useFor(uri), () => targetsOf?.(uri) ?? []);
}

const minute = 60_000;

/** What was found by the same clock need not be looked for again: nothing depends on seconds. */
function currentMinute(): Date {
  return new Date(Math.floor(Date.now() / minute) * minute);
}

export function syntaxOf(languageId: string, text: string): Syntax | "pem" {
  if (!(configLanguages as readonly string[]).includes(languageId)) return "pem";
  return languageId === "jsonc" || languageId === "json" ? languageId : syntaxOfTemplate(text);
}

function mayBeYaml(languageId: string): boolean {
  return syntaxOf(languageId, "") === "yaml";
}

/** The editor shows text; how its bytes say it decides whether the AWS CLI can read the file. */
function encodingOf(document: vscode.TextDocument): Encoding {
  if (document.isUntitled) return "unknown";
  const known: readonly Encoding[] = ["utf8", "utf8bom", "utf16le", "utf16be"];
  return known.find((encoding) => encoding === document.encoding) ?? "other";
}
