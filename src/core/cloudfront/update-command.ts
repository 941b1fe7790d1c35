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

/** One command a line. What follows another one waits for it, and takes the ETag that it left (AWS CLI: `wait distribution-deployed`). */
export function updateCommands({ id, etag, files, profile }: LiveUpdate, shell: Shell): string {
  const aws = profile === undefined ? "aws" : `aws --profile ${quote(profile, shell)}`;
  const wait = `${aws} cloudfront wait distribution-deployed --id ${id}`;
  const current = `"$(${aws} cloudfront get-distribution-config --id ${id} --query ETag --output text)"`;
  const commands = files.flatMap((file, index) => [`${aws} cloudfront update-distribution --id ${id} --if-match ${index === 0 ? quote(etag, shell) : current} --distribution-config ${quote(`file://${file}`, shell)}`, wait]);
  return `${commands.join("\n")}\n`;
}

/** A path ends up in a shell: whatever is not plainly harmless is quoted. */
function quote(word: string, shell: Shell): string {
  if (/^[\w@+=:,./-]+$/.test(word)) return word;
  // In double quotes PowerShell expands $ and `, and cmd %; the single quote is PowerShell's alone.
  if (shell === "windows") return /["$`%]/.test(word) ? `'${word.replaceAll("'", "''")}'` : `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
