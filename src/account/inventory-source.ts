import type { Inventory } from "../core/inventory.ts";

/** Where what is known of an account comes from. */
export interface InventorySource {
  /** `undefined` while no account is connected. The same object as long as nothing became known. */
  current(): Inventory | undefined;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /**
   * ARNs of certificates that are shown and of which not all is known. The source decides whether and when it requests
   * the rest.
   */
  wanted(arns: readonly string[]): void;
}

/** There is no connection, and there will be none. */
export const noAccount: InventorySource = {
  current: () => undefined,
  onDidChange: () => ({ dispose: () => {} }),
  wanted: () => {},
};
