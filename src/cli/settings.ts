// The settings that decide what is found: those of the editor, or those of a file of their own, which names them alike.
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { parseJson } from "../core/document/json/read.ts";
import { jsonOf } from "../core/document/plain.ts";
import { type Member, memberOf, type Node, stringOf } from "../core/document/tree.ts";
import { decode } from "../core/encoding.ts";
import { catalogue } from "../core/rules/catalogue.ts";
import { areDays, isSeverityWord, isSuppression, severityWords } from "../core/settings.ts";
import { LineIndex, nearest } from "../core/text.ts";
import { readUse } from "../core/truststore/use.ts";
import type { Settings } from "./api.ts";
import { isFile, messageOfError } from "./errors.ts";
import { foldersUpToRoot } from "./project.ts";

export interface FoundSettings {
  /** The file; `undefined`: there is none. */
  readonly file: string | undefined;
  /** What paths in it are relative to. */
  readonly folder: string;
  readonly settings: Settings;
  /** What is wrong in it and says nothing, in whole sentences. */
  readonly warnings: readonly string[];
}

/** Settings that cannot be understood: nothing is checked by others in their place. */
export interface SettingsFault {
  readonly fault: string;
}

/** A file of its own. */
export const ownName = "mtls-check.json";
/** The editor's. */
const editorsName = join(".vscode", "settings.json");

/**
 * Looked for from the current folder up to the root of its Git repository; without one, in the current folder alone.
 */
export async function findSettings(cwd: string): Promise<FoundSettings | SettingsFault> {
  const folders = await foldersUpToRoot(cwd);
  for (const folder of folders) {
    for (const name of [ownName, editorsName]) {
      const file = join(folder, name);
      if (!(await isFile(file))) continue;
      const found = await readSettings(file);
      // An editor's settings that say nothing of ours are none.
      if ("fault" in found || name === ownName || Object.keys(found.settings).length > 0) return found;
    }
  }
  return withoutSettings(folders.at(-1) ?? cwd);
}

export function withoutSettings(folder: string): FoundSettings {
  return { file: undefined, folder, settings: {}, warnings: [] };
}

/** In bytes: a larger file is none of settings. */
const greatestSize = 1_000_000;

/** @param file absolute */
export async function readSettings(file: string): Promise<FoundSettings | SettingsFault> {
  try {
    const { size } = await stat(file);
    if (size > greatestSize) return { fault: l10n.t("The settings file {0} is larger than 1 MB.", file) };
    return settingsIn(file, decode(await readFile(file)).text);
  } catch (error) {
    return { fault: l10n.t("The settings file {0} cannot be read: {1}", file, messageOfError(error)) };
  }
}

/** @param file absolute; it need not be there */
export function settingsIn(file: string, text: string): FoundSettings | SettingsFault {
  const isEditors = basename(dirname(file)) === ".vscode";
  const tree = parseJson(text, "jsonc");
  const lines = new LineIndex(text);
  const at = ({ start }: { readonly start: number }): string => {
    const { line, column } = lines.at(start);
    return `${file}:${line + 1}:${column + 1}`;
  };
  const { root } = tree;
  // An editor writes an empty file.
  if (text.trim() === "" && isEditors) return { ...withoutSettings(dirname(dirname(file))), file };
  const [broken] = tree.problems;
  if (broken !== undefined && text.trim() !== "")
    return { fault: l10n.t("{0}: The settings are not valid JSON here.", at(broken)) };
  if (root?.kind !== "object") {
    const place = at(root ?? { start: 0 });
    return { fault: l10n.t("{0}: The settings must be a JSON object, such as {1}.", place, '{ "mtls.rules": {} }') };
  }
  const faults: string[] = [];
  const fault = (node: { readonly start: number }, sentence: string) => faults.push(`${at(node)}: ${sentence}`);
  for (const member of root.members) {
    const check = Object.hasOwn(checks, member.key) ? checks[member.key] : undefined;
    if (check !== undefined) check(member, fault);
    else if (!isEditors && member.key !== "$schema") fault(member, unknownSetting(member.key));
  }
  const purposes = memberOf(root, "mtls.purposes")?.value;
  if (purposes?.kind === "object" && purposes.members.length > mostPurposes)
    return { fault: `${at(purposes)}: ${l10n.t("{0} has more than {1} patterns.", "mtls.purposes", mostPurposes)}` };
  // What is not understood in a file that is for this program alone was meant to do something.
  const [first] = faults;
  if (!isEditors && first !== undefined) return { fault: faults.slice(0, mostFaults).join("\n") };
  const names = Object.keys(checks).filter((name) => memberOf(root, name) !== undefined);
  const values = names.map((name) => {
    const value = memberOf(root, name)?.value;
    return [name, value === undefined ? undefined : jsonOf(value)] as const;
  });
  return {
    file,
    folder: isEditors ? dirname(dirname(file)) : dirname(file),
    settings: Object.fromEntries(values),
    warnings: faults.slice(0, mostFaults),
  };
}

const mostFaults = 10;
/** Each is tried on every file. */
const mostPurposes = 1_000;

// --- what each takes

type Check = (member: Member, fault: (node: { readonly start: number }, sentence: string) => void) => void;

/** All that the command line minds; the editor has more. */
const checks: Readonly<Record<string, Check>> = {
  "mtls.rules": (member, fault) =>
    eachMember(member, fault, (rule, value) => {
      if (!isRule(rule.key)) fault(rule, unknownRule(rule.key));
      if (!isSeverityWord(value === undefined ? undefined : jsonOf(value)))
        fault(value ?? rule, l10n.t("A rule is set to one of: {0}.", severityWords.join(", ")));
    }),
  "mtls.suppress": (member, fault) => {
    const { value } = member;
    if (value?.kind !== "list") return void fault(value ?? member, l10n.t("{0} must be a list.", member.key));
    for (const item of value.items) {
      if (!isSuppression(jsonOf(item)))
        fault(item, l10n.t("An entry of {0} must have the texts rule and path, such as {1}.", member.key, suppression));
      const rule = stringOf(memberOf(item, "rule")?.value);
      if (rule !== undefined && !isRule(rule)) fault(item, unknownRule(rule));
    }
  },
  "mtls.expiryWarningDays": (member, fault) => {
    const { value } = member;
    if (!areDays(value === undefined ? undefined : jsonOf(value)))
      fault(value ?? member, l10n.t("{0} must be a number of days, 0 or more.", member.key));
  },
  "mtls.purposes": (member, fault) =>
    eachMember(member, fault, (pattern, value) => {
      const json = value === undefined ? undefined : jsonOf(value);
      const said = Array.isArray(json) ? json.map(String).join() : json;
      if (typeof said !== "string" || readUse(said).purpose === "unknown") fault(value ?? pattern, purposeText());
    }),
};

const suppression = '{ "rule": "origin/protocol-policy", "path": "config.json" }';

/** What a purpose can be, in a sentence. */
export function purposeText(): string {
  return l10n.t(
    "A purpose is origin, trust-store, or one or more of cloudfront, apigateway, alb and nlb, separated by commas.",
  );
}

function eachMember(
  member: Member,
  fault: (node: { readonly start: number }, sentence: string) => void,
  look: (member: Member, value: Node | undefined) => void,
): void {
  const { value } = member;
  if (value?.kind !== "object") return void fault(value ?? member, l10n.t("{0} must be an object.", member.key));
  for (const one of value.members) look(one, one.value);
}

const ids: ReadonlySet<string> = new Set(catalogue.map(({ id }) => id));

function isRule(id: string): boolean {
  return ids.has(id);
}

function unknownRule(id: string): string {
  const meant = nearest(id, ids);
  return meant === undefined
    ? l10n.t("There is no rule {0}. The command mtls-check explain lists all rules.", id)
    : l10n.t("There is no rule {0}. Did you mean {1}?", id, meant);
}

function unknownSetting(name: string): string {
  const known = Object.keys(checks);
  const meant = nearest(name, known) ?? known.find((one) => one === `mtls.${name}`);
  return meant === undefined
    ? l10n.t("There is no setting {0}. The settings are: {1}.", name, known.join(", "))
    : l10n.t("There is no setting {0}. Did you mean {1}?", name, meant);
}
