/** What is said of the changes of one resource, in whole sentences, beyond what holds for all kinds. */
export interface TargetWords {
  /** What kind of thing it is, as a heading: as in `Distribution`. */
  readonly what: string;
  /** As in "Undo a Change to a Distribution": where one of several is chosen. */
  readonly whichToUndo: string;
  /** What is about to be done. */
  title(deed: string): string;
  /** The same in as few words as a narrow row has room for, without the resource. */
  inFew(deed: string): string;
  /** What was done, for a list of what can be undone: no sentence of its own. */
  inShort(deed: string, parts: readonly string[]): string;
  /** Names of what is changed, in a row. */
  listed(parts: readonly string[]): string;
  /** Why a change takes so many calls. */
  inSteps(count: number): string;

  // While AWS is at it.
  waiting(part: number, parts: number): string;
  /** @param milliseconds since it was sent */
  waited(said: string, milliseconds: number): string;
  waitingStopped(): string;
  waitingLeft(account: string): string;
  endUnseen(): string;
  /** The same, of a change that a window before this one sent. */
  endUnseenLater(): string;

  // At the end, where it was read back.
  done(deed: string, parts: readonly string[]): string;
  /** What was sent is not known any more. */
  doneUncompared(): string;
  /** @param differences sentences */
  notKept(differences: string): string;
  changedSince(differences: string): string;
  /** The same where only ids are known. */
  notKeptOf(parts: readonly string[]): string;
  changedSinceOf(parts: readonly string[]): string;
}
