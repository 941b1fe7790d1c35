// Which files are meant: those that are named, those of folders, and those that fit a glob.
import type { Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import ignore, { type Ignore } from "ignore";
import { lastPart } from "../core/text.ts";
import { globTrouble } from "../core/truststore/purpose-glob.ts";
import { matcherOf } from "../platform/globs.ts";
import { isSaid } from "../platform/node/replace.ts";
import { isFile, isFolder, messageOfError } from "./errors.ts";
import { hasOurName } from "./names.ts";
import { byPath, withSlashes } from "./paths.ts";
import { foldersUpToRoot } from "./project.ts";
import type { Unread } from "./report.ts";

export interface Found {
  /** Absolute. */
  readonly file: string;
  /** As it is shown: relative to the current folder where it is in it, with `/`. */
  readonly path: string;
  /** Somebody named it: whatever it is called, it is looked into. */
  readonly isNamed: boolean;
}

export interface Walk {
  /** In the order of their paths, each once. */
  readonly files: readonly Found[];
  /** What was to be read and cannot be. */
  readonly unread: readonly Unread[];
  /** What was left out, and need not have been: whole sentences. */
  readonly notes: readonly string[];
}

/** Folders in which nothing is anybody's own. */
const foreign: readonly string[] = ["node_modules", "bower_components", ".git", ".hg", ".svn"];

/**
 * @param patterns paths of files and folders, and globs, as they were given
 * @param isStopped asked between folders
 */
export async function walk(
  patterns: readonly string[],
  cwd: string,
  isStopped: () => boolean = () => false,
): Promise<Walk> {
  const walker = new Walker(cwd, isStopped);
  for (const pattern of patterns) await walker.take(pattern);
  return walker.done();
}

/** Relative to the current folder where it is in it, with `/`. */
export function shownPath(file: string, cwd: string): string {
  return withSlashes(file !== cwd && isWithin(file, cwd) ? relative(cwd, file) : file);
}

/** Rules of one `.gitignore`, for what lies below its folder. */
interface Ignoring {
  readonly folder: string;
  readonly rules: Ignore;
}

interface Link {
  readonly file: string;
  /** Where it is itself. */
  readonly real: string;
  readonly ignoring: readonly Ignoring[];
  readonly depth: number;
}

/** A folder, and where it really is, whatever links lead to it. */
interface Place {
  readonly folder: string;
  readonly real: string;
}

/** A folder that was named, or that a glob begins with. */
interface Tree extends Place, Wanted {
  /** Folders that were looked into, by where they really are. */
  readonly visited: Set<string>;
  readonly links: Link[];
}

interface Wanted {
  readonly isWanted: (file: string) => boolean;
  readonly isNamed: boolean;
  /** How many folders below it are looked into, one in the other. */
  readonly depth: number;
}

/** More of them are counted. */
const mostNotes = 20;

/**
 * The current folder is known by where it really is: what is in its project is too, whatever links lead there. A link
 * that is named itself stays what it is called.
 */
async function placed(file: string, cwd: string): Promise<string> {
  if (isWithin(file, cwd)) return file;
  const root = (await foldersUpToRoot(cwd)).at(-1) ?? cwd;
  const real = (path: string) => realpath(path).catch(() => path);
  const realRoot = await real(root);
  const places = [join(await real(dirname(file)), basename(file)), await real(file)];
  const found = places.find((place) => isWithin(place, realRoot));
  return found === undefined ? file : join(root, relative(realRoot, found));
}

class Walker {
  readonly #cwd: string;
  readonly #isStopped: () => boolean;
  readonly #files = new Map<string, Found>();
  /** Where the files of folders really are: a link leads to none of them again. */
  readonly #real = new Set<string>();
  readonly #unread: Unread[] = [];
  readonly #notes: string[] = [];
  #moreNotes = 0;
  /** How often a file was wanted, be it known already or not. */
  #met = 0;

  constructor(cwd: string, isStopped: () => boolean) {
    this.#cwd = cwd;
    this.#isStopped = isStopped;
  }

  done(): Walk {
    const more = this.#moreNotes === 0 ? [] : [l10n.t("More links like these were left out: {0}.", this.#moreNotes)];
    return {
      files: [...this.#files.values()].sort(byPath),
      unread: this.#unread.sort(byPath),
      notes: [...this.#notes, ...more],
    };
  }

  async take(pattern: string): Promise<void> {
    const file = await placed(resolve(this.#cwd, pattern), this.#cwd);
    try {
      const isFolder = (await stat(file)).isDirectory();
      if (isFolder) await this.#folder(file, { isWanted: hasOurName, isNamed: false, depth: Infinity });
      else this.#add(file, true);
    } catch (error) {
      const isAbsent = isSaid(error, "ENOENT") || isSaid(error, "ENAMETOOLONG");
      // A file can be called like a glob, and is meant then.
      if (isAbsent && magic.test(pattern)) await this.#glob(pattern);
      else this.#cannotRead(file, messageOfError(error));
    }
  }

  async #glob(pattern: string): Promise<void> {
    const glob = withSlashes(pattern).replace(/^(\.\/)+/, "");
    const fits = globTrouble(glob, "") === undefined ? matcherOf(glob) : undefined;
    if (typeof fits !== "function") {
      this.#cannotRead(pattern, l10n.t("It is not a glob pattern that can be used here."));
      return;
    }
    const parts = glob.split("/");
    const first = parts.findIndex((part) => magic.test(part));
    const fixed = parts.slice(0, first).join("/");
    const base = resolve(this.#cwd, isAbsolute(pattern) ? `${fixed}/` : fixed);
    const before = this.#met;
    const nameIn = (file: string) => withSlashes(isAbsolute(pattern) ? file : relative(this.#cwd, file));
    const isWanted = (file: string) => fits(nameIn(file));
    if (await isFolder(base)) await this.#folder(base, { isWanted, isNamed: true, depth: depthOf(parts.slice(first)) });
    if (this.#met === before && !this.#isStopped()) this.#cannotRead(pattern, l10n.t("No file matches this pattern."));
  }

  async #folder(folder: string, wanted: Wanted): Promise<void> {
    const tree: Tree = { ...wanted, folder, real: await realpath(folder), visited: new Set(), links: [] };
    await this.#visit(tree, await ignoringAbove(folder), tree, wanted.depth);
    // What a link leads to was mostly found at its own place by now.
    for (let link = tree.links.shift(); link !== undefined; link = tree.links.shift()) await this.#follow(link, tree);
  }

  async #visit({ folder, real }: Place, above: readonly Ignoring[], tree: Tree, depth: number): Promise<void> {
    if (this.#isStopped() || tree.visited.has(real)) return;
    tree.visited.add(real);
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      this.#cannotRead(folder, messageOfError(error));
      return;
    }
    const own = entries.some(({ name }) => name === ".gitignore") ? await rulesOf(folder, ".gitignore") : undefined;
    const ignoring = own === undefined ? above : [...above, { folder, rules: own }];
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = join(folder, entry.name);
      // Asked of the system for each, a deep folder would take forever.
      const itsReal = join(real, entry.name);
      if (entry.isSymbolicLink()) {
        if (!isIgnored(file, false, ignoring)) tree.links.push({ file, real: itsReal, ignoring, depth: depth - 1 });
      } else if (entry.isDirectory()) {
        if (depth > 0 && !foreign.includes(entry.name) && !isIgnored(file, true, ignoring))
          await this.#visit({ folder: file, real: itsReal }, ignoring, tree, depth - 1);
      } else if (entry.isFile() && tree.isWanted(file) && !isIgnored(file, false, ignoring)) {
        this.#real.add(itsReal);
        this.#add(file, tree.isNamed);
      }
    }
  }

  async #follow({ file, real, ignoring, depth }: Link, tree: Tree): Promise<void> {
    const path = shownPath(file, this.#cwd);
    try {
      const target = await realpath(file);
      const found = await stat(target);
      if (!isWithin(target, tree.real)) {
        if (tree.isWanted(file) || (depth >= 0 && found.isDirectory()))
          this.#note(l10n.t("{0} was left out: it is a symbolic link out of the folder.", path));
      } else if (isWithin(real, target)) {
        this.#note(l10n.t("{0} was left out: it is a symbolic link to a folder that it is in.", path));
      } else if (found.isDirectory()) {
        if (depth >= 0 && !foreign.includes(lastPart(withSlashes(file))))
          await this.#visit({ folder: file, real: target }, ignoring, tree, depth);
      } else if (found.isFile() && tree.isWanted(file)) {
        this.#met++;
        if (this.#real.has(target)) return;
        this.#real.add(target);
        this.#add(file, tree.isNamed);
      }
    } catch (error) {
      this.#note(
        l10n.t("{0} was left out, because its symbolic link cannot be followed: {1}", path, messageOfError(error)),
      );
    }
  }

  #add(file: string, isNamed: boolean): void {
    this.#met++;
    const known = this.#files.get(file);
    this.#files.set(file, { file, path: shownPath(file, this.#cwd), isNamed: isNamed || known?.isNamed === true });
  }

  #cannotRead(file: string, reason: string): void {
    this.#unread.push({ path: shownPath(resolve(this.#cwd, file), this.#cwd), reason });
  }

  #note(sentence: string): void {
    if (this.#notes.length < mostNotes) this.#notes.push(sentence);
    else this.#moreNotes++;
  }
}

/** What makes a glob of a path. */
const magic = /[*?[\]{}!()]/;

/** How many folders, one in the other, a glob can name: none is looked into for nothing. */
function depthOf(parts: readonly string[]): number {
  return parts.some((part) => /\*\*|[*+!]\(/.test(part)) ? Infinity : parts.length - 1;
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

// --- what Git ignores

/** In bytes, and what a pattern may hold: each is tried on every path. One that is left out ignores nothing. */
const greatestRules = 1_000_000;
const longestRule = 1_000;
const mostStars = 8;
/** Of `**` between two names: for each more, what it takes grows by the depth of a path. */
const mostBetween = 1;
/** As Git has it where nothing else is configured. */
const ignorecase = process.platform === "win32" || process.platform === "darwin";

/** @returns `undefined`: there are none that can be read */
async function rulesOf(folder: string, name: string): Promise<Ignore | undefined> {
  try {
    const file = join(folder, name);
    const { size } = await stat(file);
    if (!(await isFile(file)) || size > greatestRules) return undefined;
    const patterns = (await readFile(file, "utf8")).split(/\r?\n/);
    return ignore({ ignorecase }).add(patterns.filter(isBounded));
  } catch {
    return undefined;
  }
}

function isBounded(pattern: string): boolean {
  const count = (part: RegExp) => pattern.match(part)?.length ?? 0;
  return pattern.length <= longestRule && count(/\*+|\?/g) <= mostStars && count(/[^/]\/\*\*(?=\/)/g) <= mostBetween;
}

/** What is said above a folder; nothing where it says that the folder itself is ignored, for somebody named it. */
async function ignoringAbove(folder: string): Promise<readonly Ignoring[]> {
  const folders = (await foldersUpToRoot(folder)).toReversed();
  const found: Ignoring[] = [];
  for (const [place, above] of folders.entries()) {
    const ofRepository = place === 0 ? await rulesOf(above, join(".git", "info", "exclude")) : undefined;
    const own = above === folder ? undefined : await rulesOf(above, ".gitignore");
    for (const rules of [ofRepository, own]) if (rules !== undefined) found.push({ folder: above, rules });
  }
  return isIgnored(folder, true, found) ? [] : found;
}

/** The rules of the innermost folder that say anything decide. */
function isIgnored(file: string, isFolder: boolean, ignoring: readonly Ignoring[]): boolean {
  for (const { folder, rules } of ignoring.toReversed()) {
    const path = withSlashes(relative(folder, file));
    if (!ignore.isPathValid(path)) continue;
    const { ignored, unignored } = rules.test(isFolder ? `${path}/` : path);
    if (ignored || unignored) return ignored;
  }
  return false;
}
