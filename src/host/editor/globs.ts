// Names as globs. Those of the settings and those of the editor's search are two languages.

/**
 * For the settings: the glob that fits this path alone. No glob says a backslash, which names have only where `/` is
 * the separator: any character stands for it.
 */
export function settingGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|"^$]/g, (character) => (character === "\\" ? "?" : `\\${character}`));
}

/** For the search, which knows no escaping: any character stands for one that means something. */
export function searchGlob(name: string): string {
  return name.replace(/[*?[\]{}!,\\]/g, "?");
}
