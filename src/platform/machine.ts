/** What is known of the machine, and done to it, beyond what the editor gives. */
export interface Machine {
  readonly isWindows: boolean;
  /** Whether a file can be kept from other users by its mode. */
  readonly hasFileModes: boolean;
  /** The profile that the environment names (`AWS_PROFILE`). */
  environmentProfile(): string | undefined;
  /** A name that no other window has. */
  uniqueName(): string;
  /**
   * Writes a file; a link is followed. Throws what the file system says.
   * @param guard whether its owner alone may read it (mode 0600), from before there is anything in it, even where it
   * was there before: `required` throws where the file system refuses that mode
   * @returns whether its owner alone can read it
   */
  writeFile(path: string, text: string, guard: "none" | "where possible" | "required"): Promise<boolean>;
}
