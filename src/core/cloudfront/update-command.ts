/** Shells quote differently: `posix` for sh and zsh, `windows` for PowerShell and cmd. */
export type Shell = "posix" | "windows";

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
export function sendCommand(sending: Sending, file: string, shell: Shell): string {
  const from = quote(`file://${file}`, shell);
  switch (sending.kind) {
    case "config":
      return `aws cloudfront update-distribution --id ${sending.id} --if-match ${sending.etag} --distribution-config ${from}`;
    case "update-input":
      return `aws cloudfront update-distribution --cli-input-json ${from}`;
    case "create-input":
      return `aws cloudfront create-distribution-with-tags --cli-input-json ${from}`;
    case "create-with-tags":
      return `aws cloudfront create-distribution-with-tags --distribution-config-with-tags ${from}`;
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

/**
 * One file is sent and waited for. Of several each waits for the one before it, and replaces the version which that one
 * left:
 * whatever else was changed in between stays, and nothing is sent after something failed. On Windows that is
 * PowerShell's alone.
 */
export function updateCommands({ id, etag, files, profile }: LiveUpdate, shell: Shell): string {
  const aws = profile === undefined ? "aws" : `aws --profile ${quote(profile, shell)}`;
  const wait = `${aws} cloudfront wait distribution-deployed --id ${id}`;
  const update = (file: string, version: string) =>
    `${aws} cloudfront update-distribution --id ${id} --if-match ${version} --distribution-config ${quote(`file://${file}`, shell)}`;
  const [first] = files;
  if (first !== undefined && files.length === 1) return `${update(first, quote(etag, shell))}\n${wait}\n`;
  const left = shell === "posix" ? '"$etag"' : "$etag";
  const commands = files.flatMap((file, index) => {
    const sent = `${update(file, index === 0 ? quote(etag, shell) : left)} --query ETag --output text`;
    return [shell === "posix" ? `etag=$(${sent})` : `$etag = ${sent}`, wait];
  });
  // A line that ends so is not the end for a shell: all of it is one command, however it is pasted.
  if (shell === "posix") return `${commands.join(" &&\n")}\n`;
  return `${commands.map((command, index) => (index === 0 ? command : `if ($LASTEXITCODE -eq 0) { ${command} }`)).join("\n")}\n`;
}

/** A path ends up in a shell: whatever is not plainly harmless is quoted. */
function quote(word: string, shell: Shell): string {
  if (/^[\w@+=:,./-]+$/.test(word)) return word;
  // In double quotes PowerShell expands $ and `, and cmd %; the single quote is PowerShell's alone.
  if (shell === "windows") return /["$`%]/.test(word) ? `'${word.replaceAll("'", "''")}'` : `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
