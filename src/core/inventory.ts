/** What an account holds at a moment. */
export interface Inventory {
  readonly takenAt: Date;
}
