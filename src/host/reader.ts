import * as vscode from "vscode";
import type { Syntax } from "../core/document/tree.ts";
import type { Encoding, Facts } from "../core/facts.ts";
import { read, reread } from "../core/read.ts";
import { check, type FaultListener } from "../core/rules/index.ts";
import type { Context, Problem } from "../core/rules/rule.ts";
import type { SignatureVerdicts } from "../core/x509/chain.ts";
import { configLanguages } from "../manifest.ts";
import type { Reader } from "./documents.ts";
import { type Log, logFault } from "./log.ts";
import { purposeFor, ruleSettings, suppressions, workspacePath } from "./settings.ts";

export function createReader(log: Log, signatures: SignatureVerdicts): Reader {
  return {
    read: (document, text) => read({ text, syntax: syntaxOf(document.languageId), name: nameOf(document.uri), encoding: encodingOf(document) }),
    reread,
    check: (document, facts) => judge(document.uri, facts, log, signatures),
  };
}

/** All that the settings let through. */
export function judge(uri: vscode.Uri, facts: Facts, log: Log, signatures?: SignatureVerdicts): Problem[] {
  return check(facts, { ...contextFor(uri), ...(signatures === undefined ? {} : { signatures }) }, faultsTo(log)).filter(shownIn(uri));
}

/** A rule that threw: one line that names it. */
export function faultsTo(log: Log): FaultListener {
  return (ruleId, error) => logFault(log, `rule ${ruleId}`, error);
}

/** Which problems of a file the user did not hide. */
export function shownIn(uri: vscode.Uri): (problem: Problem) => boolean {
  const path = workspacePath(uri);
  const hidden = path === undefined ? [] : suppressions(uri).filter((entry) => entry.path === path);
  return (problem) =>
    !hidden.some(({ rule, origin, certificate }) => rule === problem.rule.id && (origin === undefined || origin === problem.origin) && (certificate === undefined || certificate === problem.certificate));
}

export function contextFor(uri: vscode.Uri): Context {
  return { now: currentMinute(), settings: ruleSettings(uri), purpose: purposeFor(uri) };
}

const minute = 60_000;

/** What was found by the same clock need not be looked for again: nothing depends on seconds. */
function currentMinute(): Date {
  return new Date(Math.floor(Date.now() / minute) * minute);
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

export function syntaxOf(languageId: string): Syntax | "pem" {
  if (!(configLanguages as readonly string[]).includes(languageId)) return "pem";
  return languageId === "jsonc" ? "jsonc" : "json";
}

/** The editor shows text; how its bytes say it decides whether the AWS CLI can read the file. */
function encodingOf(document: vscode.TextDocument): Encoding {
  if (document.isUntitled) return "unknown";
  const known: readonly Encoding[] = ["utf8", "utf8bom", "utf16le", "utf16be"];
  return known.find((encoding) => encoding === document.encoding) ?? "other";
}
