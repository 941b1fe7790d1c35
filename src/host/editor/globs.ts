// Names as globs. Those of the settings and those of the editor's search are two languages.

/**
 * For the settings: the glob that matches this path alone. A backslash cannot be escaped there, so `?` stands for it;
 * only where `/` is the separator can a name contain one.
 */
export function settingGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|"^$]/g, (character) => (character === "\\" ? "?" : `\\${character}`));
}

/** For the search, which has no escaping: `?` stands for each character that has a meaning there. */
export function searchGlob(name: string): string {
  return name.replace(/[*?[\]{}!,\\]/g, "?");
}
