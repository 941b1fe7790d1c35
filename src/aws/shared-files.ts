import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Keys of a section as written; what is indented below `s3 =` is `s3.addressing_style`. */
export type Section = ReadonlyMap<string, string>;

/** `~/.aws/config` and `~/.aws/credentials`, or what the environment names instead. */
export interface SharedFiles {
  /** By name, those of the config file first. Of a key that both files have, the credentials file's value holds. */
  readonly profiles: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
  /** Titles, as in `profile über`, of sections that the CLI has and the SDK passes over because of their names. */
  readonly passedOver: ReadonlySet<string>;
}

/** Read anew each time: signing in on a command line changes them. A file that cannot be read is an empty one. */
export async function readSharedFiles(): Promise<SharedFiles> {
  const [config, credentials] = await Promise.all([
    sectionsOf(process.env["AWS_CONFIG_FILE"], "config"),
    sectionsOf(process.env["AWS_SHARED_CREDENTIALS_FILE"], "credentials"),
  ]);
  const profiles = new Map<string, Map<string, string>>();
  const ssoSessions = new Map<string, Section>();
  const services = new Map<string, Section>();
  const passedOver = new Set<string>();
  for (const [title, section] of config) {
    const { kind, name } = kindOf(title);
    if (title !== "default" && !titleForSdk.test(title)) passedOver.add(`${kind} ${name}`);
    if (kind === "profile") profiles.set(name, section);
    else if (kind === "sso-session") ssoSessions.set(name, section);
    else if (kind === "services") services.set(name, section);
  }
  for (const [name, section] of credentials) {
    if (/^profile\s/.test(name)) continue;
    // It looks like a kind and a name, and of no kind that is known.
    if (titleForSdk.test(name)) passedOver.add(`profile ${name}`);
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]));
  }
  return { profiles, ssoSessions, services, passedOver };
}

/** What the SDK takes as a kind and a name (parseIni of @smithy/core). */
const titleForSdk = /^[\w-]+\s(["'])?[\w@+.%:/-]+\1$/;

async function sectionsOf(named: string | undefined, usual: string): Promise<Map<string, Map<string, string>>> {
  const path = named === undefined || named === "" ? join(homeFolder(), ".aws", usual) : withHome(named);
  try {
    return parseIni(await readFile(path, "utf8"));
  } catch {
    return new Map();
  }
}

function homeFolder(): string {
  return process.env["HOME"] || process.env["USERPROFILE"] || homedir();
}

/** `~/` is the home folder, as the CLI has it. */
export function withHome(path: string): string {
  return path.startsWith("~/") ? join(homeFolder(), path.slice(2)) : path;
}

function kindOf(title: string): { readonly kind: string; readonly name: string } {
  if (title === "default") return { kind: "profile", name: title };
  const [, kind = "", , name = ""] = /^([\w-]+)\s+(?!\s)(["']?)(.+)\2$/.exec(title) ?? [];
  return { kind, name };
}

/** As the SDK reads it: `#` and `;` begin a comment at the start of a line and behind a blank. */
export function parseIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let parent: string | undefined;
  for (const raw of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const line = (raw.split(/(?:^|\s)[;#]/)[0] ?? "").trim();
    if (line.startsWith("[")) {
      parent = undefined;
      section = undefined;
      if (!line.endsWith("]")) continue;
      const title = line.slice(1, -1).trim();
      section = sections.get(title) ?? new Map<string, string>();
      sections.set(title, section);
      continue;
    }
    const equals = line.indexOf("=");
    if (section === undefined || equals < 1) continue;
    const name = line.slice(0, equals).trim();
    const value = line.slice(equals + 1).trim();
    const isIndented = raw !== raw.trimStart();
    if (!isIndented) parent = undefined;
    if (value === "" && !isIndented) parent = name;
    else if (value !== "") section.set(parent === undefined ? name : `${parent}.${name}`, value);
  }
  return sections;
}
