// What files that no editor holds are read as, and what the files of a project say of each other.
import { syntaxOfTemplate } from "./document/syntaxes.ts";
import type { Decoded } from "./encoding.ts";
import { type Facts, subjectsOf } from "./facts.ts";
import { type GivenText, isOurs, read } from "./read.ts";
import { hasTellingWord, holdsResource } from "./telling.ts";
import { lastPart } from "./text.ts";
import {
  mayNameStores,
  mayUseStores,
  type NamedStore,
  type Naming,
  namedStores,
  storeUser,
} from "./truststore/named.ts";
import type { Target } from "./truststore/targets.ts";
import { storesInTemplate } from "./truststore/template-stores.ts";
import { narrowUse, type Use } from "./truststore/use.ts";

/** Endings of the names of files that can hold a config or a template. */
export const documentExtensions = [".json", ".jsonc", ".yaml", ".yml", ".template"] as const;

/**
 * By its name, and where that does not tell, by what is in it.
 * @param path with `/`
 * @returns `undefined`: it is none of ours
 */
export function givenFor(path: string, { text, encoding }: Decoded): GivenText | undefined {
  const name = lastPart(path);
  const given = { text, name, encoding, isGenerated: isGeneratedPath(path) };
  if (/\.jsonc?$/i.test(name))
    return hasTellingWord(text) || holdsResource(text) ? { ...given, syntax: "jsonc" } : undefined;
  if (/\.(ya?ml|template)$/i.test(name))
    return holdsResource(text) ? { ...given, syntax: syntaxOfTemplate(text) } : undefined;
  // What should hold a certificate, and has no block, is told of too.
  return { text, syntax: "pem", name, encoding };
}

/**
 * The same for a file whose name does not tell: what it begins with does.
 * @param path with `/`; empty where it has none
 */
export function givenByContent(path: string, { text, encoding }: Decoded): GivenText | undefined {
  const name = lastPart(path);
  const given = { text, name, encoding, isGenerated: isGeneratedPath(path) };
  const isJson = /^\s*[{[]/.test(text.slice(0, 1_000));
  if (isJson) return hasTellingWord(text) || holdsResource(text) ? { ...given, syntax: "jsonc" } : undefined;
  if (holdsResource(text)) return { ...given, syntax: syntaxOfTemplate(text) };
  // In other languages a block is a value: it is written as its reader takes it.
  return otherLanguage.test(name) ? undefined : { text, syntax: "pem", name, encoding };
}

const otherLanguage =
  /\.(tf|tfvars|hcl|tofu|env|\w?sh|[cm]?[jt]sx?|py|rb|go|rs|java|cs|php|md|x?html?|xml|properties|ini|toml|log|http)$/i;

/** Whether the CDK or SAM writes it, again and again. */
export function isGeneratedPath(path: string): boolean {
  return /(^|\/)(cdk\.out|\.aws-sam\/build)\//.test(path);
}

/** Whether anything is to be said of a file: what somebody says a file is for makes something of an empty one. */
export function isChecked(facts: Facts, use: Use): boolean {
  return isOurs(facts) || (facts.kind === "bundle" && use.purpose !== "unknown");
}

/**
 * What is said outside of a file: a setting counts more than a config that names it.
 * @param named the services whose configs do; asked only where the setting leaves something open
 */
export function outerUse(set: Use, named: () => readonly Target[]): Use {
  const targets = set.purpose === "origin" || set.targets.length > 0 ? [] : named();
  return targets.length === 0 ? set : narrowUse(set, { purpose: "trust-store", targets });
}

// --- what names trust stores

/** Larger files are not looked through for them; in bytes. */
export const greatestNaming = 1_000_000;
/** More documents of a project are not looked through. */
export const mostNaming = 500;
/** Folders in which none is looked for: what is in them was made from other files, or belongs to others. */
export const withoutNaming = ["node_modules", ".git", ".terraform", "cdk.out"] as const;

export const noNaming: Naming = { stores: [], users: [] };

/** Whether `namingIn` has to read YAML. */
export function namesInYaml(text: string): boolean {
  return holdsResource(text) && mayNameStores(text) && syntaxOfTemplate(text) === "yaml";
}

/**
 * What a document says of trust stores. YAML has to be readable by then.
 * @param facts what was read of it, where that is known
 */
export function namingIn(path: string, text: string, facts?: Facts): Naming {
  if (holdsResource(text)) return { stores: storesIn(text, facts), users: [] };
  if (!/\.jsonc?$/i.test(path)) return noNaming;
  return {
    stores: mayNameStores(text) ? namedStores(text) : [],
    users: mayUseStores(text) ? usersIn(facts ?? read({ text, syntax: "jsonc", name: "" })) : [],
  };
}

function storesIn(text: string, known: Facts | undefined): readonly NamedStore[] {
  if (!mayNameStores(text)) return [];
  const facts = known ?? read({ text, syntax: syntaxOfTemplate(text), name: "" });
  const template = facts.kind === "config" ? facts.template : undefined;
  return template === undefined ? namedStores(text) : storesInTemplate(template);
}

function usersIn(facts: Facts): Naming["users"] {
  return subjectsOf(facts, "listeners").flatMap(({ listeners }) =>
    listeners.flatMap((listener) => storeUser(listener) ?? []),
  );
}
