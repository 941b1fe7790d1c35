import { stat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";

/** What the system says of a file, in a user's words. */
export function messageOfError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch ("code" in error ? error.code : undefined) {
    case "ENOENT":
      return l10n.t("There is no such file or folder.");
    case "EACCES":
    case "EPERM":
      return l10n.t("You do not have permission.");
    case "ELOOP":
      return l10n.t("Its symbolic links lead back to themselves.");
    case "EISDIR":
      return l10n.t("It is a folder.");
    case "ENOTDIR":
      return l10n.t("A part of its path is not a folder.");
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t("The disk is full.");
    case "EROFS":
      return l10n.t("It is on a file system that cannot be written to.");
    case "ENAMETOOLONG":
      return l10n.t("Its name is too long.");
    default:
      return error.message;
  }
}

export function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

export function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
