import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { integer, octets, oid, sequence } from "../../core/x509/der-writer.ts";
import { removeFolder, temporaryFolder } from "../../launcher/folders.ts";

export interface FileFolder {
  readonly path: string;
  /** @returns the name that was given */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** A folder for the tests of a suite; it goes with them. */
export function fileFolder(purpose: string): FileFolder {
  let path = "";
  before(async () => {
    path = await temporaryFolder(purpose);
  });
  after(() => removeFolder(path));
  return {
    get path() {
      return path;
    },
    async write(name, content) {
      await writeFile(join(path, name), content);
      return name;
    },
  };
}

const pkcs12 = sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), octets(new Uint8Array(300))));

/** What no command reads certificates from: what each is, and what is said of it. */
export function unreadableFiles(
  folder: FileFolder,
): readonly { readonly what: string; readonly says: RegExp; make(): Promise<string> }[] {
  const { write } = folder;
  return [
    { what: "a missing file", says: /^“missing\.pem” does not exist\.\n$/, make: () => Promise.resolve("missing.pem") },
    {
      what: "a path through a file",
      // Windows tells it as a missing one.
      says:
        process.platform === "win32"
          ? /^“file\.pem\\inside\.pem” does not exist\.\n$/
          : /^“file\.pem\/inside\.pem” could not be read: A part of its path is not a folder\.\n$/,
      make: async () => join(await write("file.pem", ""), "inside.pem"),
    },
    { what: "a folder", says: /^“\.” is a folder\.\n$/, make: () => Promise.resolve(".") },
    { what: "an empty file", says: /^“empty\.pem” is empty\.\n$/, make: () => write("empty.pem", "") },
    {
      what: "a PKCS#12 file",
      says: /^“store\.p12” is a PKCS#12 file\..*\nopenssl pkcs12 -in store\.p12 -nokeys -out store\.pem\n$/,
      make: () => write("store.p12", pkcs12),
    },
    {
      what: "a private key as DER",
      says: /^“key\.der” is a private key\. It is recognized by its structure and never read\.\n$/,
      make: () => write("key.der", sequence(integer(1), octets(new Uint8Array(140)))),
    },
    {
      what: "a text without certificates",
      says: /^“a\\u\{202E\}b\.txt” contains no certificate/,
      make: () => write("a\u202eb.txt", "nothing of ours"),
    },
    {
      what: "a file of 40 MB",
      says: /^“large\.pem” is larger than 20 MB and is not read\.\n$/,
      make: async () => {
        const name = await write("large.pem", "");
        await truncate(join(folder.path, name), 40_000_000);
        return name;
      },
    },
  ];
}

/** The body of `fakeKey`: no output may contain it. */
export const keyMaterial = /Tk9UIEEgS0VZ/;
