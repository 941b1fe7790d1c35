// A project on disk, and `mtls-check check` called in it as a function.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { checkCommand } from "../../src/cli/commands/check.ts";
import { certificate } from "../core/configs.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";
import { type Given, type Printed, run } from "./commands/taking-io.ts";

export const program = join(import.meta.dirname, "../../src/cli.ts");
export const self = pathToFileURL(program).href;

export type Texts = Readonly<Record<string, string | Uint8Array>>;

/** A config with one safe fix, and what it is after that; `extra` are lines above the finding. */
export function config(extra = "", policy = "http-only"): string {
  return `{
  "HTTPPort": 80,
  "HTTPSPort": 443,
${extra}  "OriginProtocolPolicy": "${policy}",
  "OriginMtlsConfig": { "ClientCertificateArn": "${certificate}" }
}
`;
}

export const fixedConfig = config("", "https-only");

export interface Folder {
  readonly path: string;
  /** A new folder in it, with these files; it is the root of a repository. */
  project(texts: Texts): Promise<Project>;
}

export interface Project {
  readonly path: string;
  at(name: string): string;
  text(name: string): Promise<string>;
  check(args: readonly string[], given?: Given): Promise<Printed>;
}

/** For the tests of a suite; it goes with them. */
export function checkedFolder(purpose: string): Folder {
  let path = "";
  let count = 0;
  before(async () => {
    path = await temporaryFolder(purpose);
  });
  after(() => removeFolder(path));
  return {
    get path() {
      return path;
    },
    async project(texts) {
      const root = join(path, `p${count++}`);
      const at = (name: string) => join(root, name);
      await mkdir(at(".git"), { recursive: true });
      for (const [name, text] of Object.entries(texts)) {
        await mkdir(dirname(at(name)), { recursive: true });
        await writeFile(at(name), text);
      }
      return {
        path: root,
        at,
        text: (name) => readFile(at(name), "utf8"),
        check: (args, given = {}) => run((asked, io) => checkCommand(asked, io, self), args, { cwd: root, ...given }),
      };
    },
  };
}
