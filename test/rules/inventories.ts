import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AcmCertificate, Inventory } from "../../src/core/inventory.ts";
import { certificate, details, inventory } from "../core/acm/inventory.ts";

/** What stands in an `inventory.json`: of each certificate, how it differs from one that is fit by its summary. */
interface Written {
  readonly certificates: readonly (Partial<Omit<AcmCertificate, "notBefore" | "notAfter" | "details">> & {
    readonly notBefore?: string | null;
    readonly notAfter?: string | null;
    readonly details?: Parameters<typeof details>[0];
  })[];
  readonly absent?: readonly string[];
}

/** What an account holds while the documents of a folder are checked; `undefined`: none is connected. */
export function inventoryBeside(document: string): Inventory | undefined {
  const path = inventoryPath(document);
  if (!existsSync(path)) return undefined;
  const { certificates, absent = [] }: Written = JSON.parse(readFileSync(path, "utf8"));
  return inventory({ absent, certificates: certificates.map(readCertificate) });
}

export function inventoryPath(document: string): string {
  return join(dirname(document), "inventory.json");
}

function readCertificate({
  notBefore,
  notAfter,
  details: said,
  ...rest
}: Written["certificates"][number]): AcmCertificate {
  return certificate({
    ...rest,
    ...(notBefore === undefined ? {} : { notBefore: dateOf(notBefore) }),
    ...(notAfter === undefined ? {} : { notAfter: dateOf(notAfter) }),
    ...(said === undefined ? {} : { details: details(said) }),
  });
}

function dateOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
