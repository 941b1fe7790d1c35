import type { Inventory } from "../core/inventory.ts";

/** Where what is known of an account comes from. */
export interface InventorySource {
  /** `undefined` while no account is connected. The same object as long as nothing became known. */
  current(): Inventory | undefined;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /**
   * ARNs of certificates that somebody looks at and of which not all is known. Whether and when they are asked for is
   * the source's business.
   */
  wanted(arns: readonly string[]): void;
}

/** Nobody is connected, and nobody will be. */
export const noAccount: InventorySource = {
  current: () => undefined,
  onDidChange: () => ({ dispose: () => {} }),
  wanted: () => {},
};
