import * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import { namedCertificates } from "../../core/acm/named-certificates.ts";
import type { Origin } from "../../core/cloudfront/distribution.ts";
import { type Facts, subjectsOf } from "../../core/facts.ts";
import type { Inventory } from "../../core/inventory.ts";
import type { Documents } from "./documents.ts";

/** Stands in for an account until there is one: listeners need not know when that is loaded. */
export class LateInventory implements InventorySource, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #source = noAccount;
  #following: vscode.Disposable | undefined;
  readonly onDidChange = this.#changed.event;

  provide(source: InventorySource): void {
    this.#following?.dispose();
    this.#source = source;
    this.#following = source.onDidChange(() => this.#changed.fire());
    this.#changed.fire();
  }

  current(): Inventory | undefined {
    return this.#source.current();
  }

  wanted(arns: readonly string[]): void {
    this.#source.wanted(arns);
  }

  dispose(): void {
    this.#following?.dispose();
    this.#changed.dispose();
  }
}

/** The origins of all distributions of a document. */
function originsIn(facts: Facts | undefined): readonly Origin[] {
  return subjectsOf(facts, "distribution").flatMap(({ distribution: { origins } }) => origins);
}

/** What an account says of the certificates that origins name, one after the other. */
function saidOf(origins: readonly Origin[], inventory: Inventory | undefined): readonly unknown[] {
  return origins.flatMap((origin) =>
    namedCertificates(origin, inventory).flatMap(({ arn, certificate }) => [
      arn,
      certificate,
      inventory?.absent.has(arn),
    ]),
  );
}

/** The certificates that a document names and that the account does not know, or only by their summary. */
export function unknownIn(facts: Facts, inventory: Inventory): readonly string[] {
  const named = originsIn(facts).flatMap((origin) => namedCertificates(origin, inventory));
  return [
    ...new Set(
      named.flatMap(({ arn, certificate }) =>
        certificate?.details === undefined && !inventory.absent.has(arn) ? [arn] : [],
      ),
    ),
  ];
}

/**
 * Judges the open configs again of whose certificates the account says something else than before; no other documents.
 */
export function recheckWithAccount(documents: Documents, inventories: InventorySource): vscode.Disposable {
  let before = inventories.current();
  return inventories.onDidChange(() => {
    const now = inventories.current();
    if (now === before) return;
    for (const document of vscode.workspace.textDocuments) {
      const origins = originsIn(documents.last(document)?.facts);
      const [said, says] = [saidOf(origins, before), saidOf(origins, now)];
      if (said.length !== says.length || said.some((part, index) => part !== says[index]))
        documents.recheckOne(document);
    }
    before = now;
  });
}
