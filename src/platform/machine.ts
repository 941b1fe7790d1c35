/** What is known of the machine, and done to it, beyond what the editor gives. */
export interface Machine {
  readonly isWindows: boolean;
  /** Whether a file can be kept from other users by its mode. */
  readonly hasFileModes: boolean;
  /** The profile that the environment names (`AWS_PROFILE`). */
  environmentProfile(): string | undefined;
  /** A name of this window that no other one has, on any machine. */
  windowName(): string;
  /** Whether the window of that name is known to have ended: it ran on this machine, and its process is gone. */
  isWindowGone(name: string): boolean;
  /**
   * Writes a file; a link is followed. Throws what the file system says.
   * @param guard whether its owner alone may read it (mode 0600), from before there is anything in it, even where it
   * was there before: `required` throws where the file system refuses that mode
   * @returns whether its owner alone can read it
   */
  writeFile(path: string, text: string, guard: "none" | "where possible" | "required"): Promise<boolean>;
}
