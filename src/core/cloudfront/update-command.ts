/** Shells quote differently: `posix` for sh and zsh, `windows` for PowerShell and cmd. */
export type Shell = "posix" | "windows";

/**
 * The command that sends a config. `UpdateDistribution` replaces the whole config, and only where the ETag
 * still is the current one (CloudFront API, UpdateDistribution: If-Match).
 * @param file path as the shell should see it
 */
export function updateCommand({ id, etag, file }: { readonly id: string; readonly etag: string; readonly file: string }, shell: Shell): string {
  return ["aws cloudfront update-distribution", "--id", quote(id, shell), "--if-match", quote(etag, shell), "--distribution-config", quote(`file://${file}`, shell)].join(" ");
}

/** Text from a file ends up in a shell: whatever is not plainly harmless is quoted. */
function quote(word: string, shell: Shell): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // In double quotes PowerShell expands $ and `, and nothing escapes for both shells: such names are rare, the single quote is PowerShell's.
  if (shell === "windows") return /["$`%]/.test(word) ? `'${word.replaceAll("'", "''")}'` : `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
