// All files of a run: documents first, since they say what the others are for.
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { mostNaming, noNaming, withoutNaming } from "../core/check-files.ts";
import { lastPart } from "../core/text.ts";
import { type NamedStore, type Naming, resolved, targetsNamed } from "../core/truststore/named.ts";
import type { Io } from "./io.ts";
import { byPath } from "./paths.ts";
import type { Pool } from "./pool.ts";
import { exists } from "./project.ts";
import type { FoundSettings } from "./settings.ts";
import { type Found, shownPath, walk } from "./walk.ts";
import { checkInput, type Done, isDocument, type Job, type Task } from "./work.ts";

interface Tools {
  readonly found: FoundSettings;
  readonly task: Task;
  readonly pool: Pool;
  readonly io: Io;
}

/** Folders of a project that are looked into for what names trust stores. */
const mostFolders = 5_000;

export class Run {
  readonly #tools: Tools;
  readonly #namings: Naming[] = [];
  /** By name, all files that are called so, as settings name them. */
  readonly #called = new Map<string, string[]>();
  #stores: readonly NamedStore[] = [];
  #hasLookedAround = false;
  #finished = 0;
  /** Of each file that was looked at. */
  readonly done: Done[] = [];
  /** What goes to standard output beside the report. */
  readonly output: string[] = [];

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  async checkFiles(files: readonly Found[]): Promise<void> {
    const documents = files.filter(({ path }) => isDocument(path));
    const others = files.filter(({ path }) => !isDocument(path));
    await this.#check(documents, files.length, others.length > 0 ? "all" : "check");
    if (others.length > 0) await this.#lookAround(files);
    await this.#check(others, files.length, "check");
    this.output.push(...this.done.toSorted(byPath).flatMap(({ difference }) => difference ?? []));
  }

  /** @param input what it is called; `undefined`: nothing */
  async checkInput(input: Found | undefined, bytes: Uint8Array): Promise<void> {
    const { io, task } = this.#tools;
    if (input !== undefined && !isDocument(input.path) && !this.#hasLookedAround) await this.#lookAround([input]);
    const job =
      input === undefined
        ? { ...this.#jobFor({ file: io.cwd, path: "stdin", isNamed: true }), inProject: "" }
        : this.#jobFor(input);
    const { done, text } = await checkInput(job, bytes, task);
    this.done.push(done);
    this.output.push(
      ...(text === undefined ? [] : [text]),
      ...(done.difference === undefined ? [] : [done.difference]),
    );
  }

  async #check(files: readonly Found[], all: number, wanted: Job["wanted"]): Promise<void> {
    const { pool, io } = this.#tools;
    await pool.run(
      files.map((file) => ({ ...this.#jobFor(file), wanted })),
      (done) => {
        this.done.push(done);
        this.#namings.push(done.naming);
        this.#finished++;
        io.progress?.(l10n.t("Checked {0} of {1} files", this.#finished, all));
      },
    );
  }

  /** What else of the project names trust stores, and which of its files are called as they are. */
  async #lookAround(files: readonly Found[]): Promise<void> {
    const { found, io, pool } = this.#tools;
    this.#hasLookedAround = true;
    const known = new Set(files.map(({ file }) => file));
    const isProject = found.file !== undefined || (await exists(join(found.folder, ".git")));
    let folders = 0;
    const around = isProject
      ? (await walk([found.folder], io.cwd, () => io.signal?.aborted === true || ++folders > mostFolders)).files
      : [];
    for (const { file } of [...files, ...around]) this.#call(this.#nameOf(file));
    const naming = around
      .filter(({ file, path }) => isDocument(path) && !known.has(file) && !isLeft(this.#nameOf(file)))
      .slice(0, mostNaming);
    await pool.run(
      naming.map((file) => ({ ...this.#jobFor(file), wanted: "name" })),
      (done) => this.#namings.push(done.naming),
    );
    this.#stores = resolved(this.#namings.filter((one) => one !== noNaming));
  }

  #call(name: string): void {
    const called = this.#called.get(lastPart(name)) ?? [];
    if (!called.includes(name)) called.push(name);
    this.#called.set(lastPart(name), called);
  }

  /** As settings name it: relative to their folder where it is in it. */
  #nameOf(file: string): string {
    return shownPath(file, this.#tools.found.folder);
  }

  #jobFor({ file, path, isNamed }: Found): Job {
    const inProject = this.#nameOf(file);
    const namedBy =
      this.#stores.length === 0 ? [] : targetsNamed(inProject, this.#stores, (name) => this.#called.get(name) ?? []);
    return { file, path, inProject, isNamed, wanted: "check", namedBy };
  }
}

function isLeft(path: string): boolean {
  return path.split("/").some((part) => (withoutNaming as readonly string[]).includes(part));
}
