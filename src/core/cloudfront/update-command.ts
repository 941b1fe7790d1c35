import { isMoreThanText } from "../dialect/cli.ts";
import {
  type Code,
  commandOf,
  isUnquotable,
  oneAfterAnother,
  powershell,
  type Terminal,
  type Unquotable,
} from "../shell.ts";

/** What a file holds, and so which command takes it. */
export type Sending =
  /** The inner config; the distribution and the version it replaces are said beside it. */
  | { readonly kind: "config"; readonly id: string; readonly etag: string }
  /** The whole input of `update-distribution`: `Id`, `IfMatch` and `DistributionConfig`. */
  | { readonly kind: "update-input" }
  /** `DistributionConfig` and `Tags`. */
  | { readonly kind: "create-with-tags" }
  /** The same within `DistributionConfigWithTags`. */
  | { readonly kind: "create-input" };

/** Ids of distributions and ETags, as CloudFront gives them: whatever else a file says is none. */
export function isToken(text: string): boolean {
  return /^[A-Z0-9]{1,64}$/.test(text);
}

/**
 * The command that sends a file. `UpdateDistribution` replaces the whole config, and only where the ETag
 * still is the current one (CloudFront API, UpdateDistribution: If-Match).
 * @param file path as the shell should see it
 */
export function sendCommand(sending: Sending, file: string, terminal: Terminal): string | Unquotable {
  return commandOf(["aws", "cloudfront", ...sendWords(sending, `file://${file}`)], terminal);
}

function sendWords(sending: Sending, from: string): readonly string[] {
  switch (sending.kind) {
    case "config":
      return [
        ...["update-distribution", "--id", sending.id, "--if-match", sending.etag],
        ...["--distribution-config", from],
      ];
    case "update-input":
      return ["update-distribution", "--cli-input-json", from];
    case "create-input":
      return ["create-distribution-with-tags", "--cli-input-json", from];
    case "create-with-tags":
      return ["create-distribution-with-tags", "--distribution-config-with-tags", from];
  }
}

export interface LiveUpdate {
  readonly id: string;
  /** Of the version that the first file replaces. */
  readonly etag: string;
  /** Inner configs, to be sent one after another. */
  readonly files: readonly string[];
  /** `undefined`: the environment decides. */
  readonly profile: string | undefined;
}

/** For whom the commands of so many files are written: cmd cannot hand the version from one to the next. */
export function terminalFor(files: number, terminal: Terminal): Terminal {
  return files > 1 && terminal.shell === "cmd" ? { ...powershell, insteadOf: terminal.name } : terminal;
}

/**
 * Each file is sent, and waited for. Of several each waits for the one before it, and replaces the version which that
 * one left: whatever else was changed in between stays, and nothing is sent after something failed.
 * @param terminal one of `terminalFor`
 */
export function updateCommands({ id, etag, files, profile }: LiveUpdate, terminal: Terminal): string | Unquotable {
  const odd = [id, etag, profile].find((value) => value !== undefined && isMoreThanText(value));
  if (odd !== undefined) return { unquotable: odd, terminal };
  const aws = ["aws", ...(profile === undefined ? [] : ["--profile", profile]), "cloudfront"];
  const wait = commandOf([...aws, "wait", "distribution-deployed", "--id", id], terminal);
  if (isUnquotable(wait)) return wait;
  const commands: string[] = [];
  for (const [index, file] of files.entries()) {
    const version: string | Code = index === 0 ? etag : { code: leftVersion(terminal) };
    const update = commandOf(
      [
        ...[...aws, "update-distribution", "--id", id, "--if-match", version],
        ...["--distribution-config", `file://${file}`],
        ...(files.length === 1 ? [] : ["--query", "ETag", "--output", "text"]),
      ],
      terminal,
    );
    if (isUnquotable(update)) return update;
    commands.push(files.length === 1 ? update : keepingVersion(update, terminal), wait);
  }
  return oneAfterAnother(commands, terminal.shell);
}

function leftVersion({ shell }: Terminal): string {
  return shell === "powershell" ? "$etag" : '"$etag"';
}

function keepingVersion(update: string, { shell }: Terminal): string {
  switch (shell) {
    case "powershell":
      return `$etag = ${update}`;
    case "fish":
      return `set etag (${update})`;
    default:
      return `etag=$(${update})`;
  }
}
