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
   * Writes a file; one that is guarded can be read by its owner alone (mode 0600), even where it was there before.
   * Throws what the file system says.
   */
  writeFile(path: string, text: string, options: { readonly isGuarded: boolean }): Promise<void>;
}
