import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * From a folder up to the one that holds `.git`; without one, the folder alone: what lies above is nobody's project.
 * @param folder absolute
 */
export async function foldersUpToRoot(folder: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.push(at);
    if (await exists(join(at, ".git"))) return folders;
    if (dirname(at) === at) return [folder];
  }
}

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
