/**
 * Small files of one folder, each written as a whole or not at all: whoever reads one sees what it said before or says
 * now, also where its writer dies in between. Throws what the file system says.
 */
export interface Folder {
  /** None where there is no folder yet. */
  names(): Promise<readonly string[]>;
  /** `undefined`: there is none. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /**
   * Of all that create the same one, the first does. This one may be seen before its text is in it.
   * @returns false where it is there already, whoever wrote it
   */
  create(name: string, text: string): Promise<boolean>;
  /** It may be gone already. */
  remove(name: string): Promise<void>;
  /** Removes what those left who died while they wrote. */
  tidy(): Promise<void>;
}
