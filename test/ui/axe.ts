// What axe, which knows the rules for accessible pages, finds in a page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { projectFolder } from "../launcher/places.ts";

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const axe = readFileSync(join(projectFolder, "node_modules/axe-core/axe.min.js"), "utf8");

/** What axe finds of impact serious or critical. */
export async function faultsOf(frame: Frame): Promise<readonly string[]> {
  // A page that was looked at before has it already.
  if (!(await frame.evaluate<boolean>("'axe' in globalThis"))) await frame.evaluate(axe);
  // The many places that are in order need not be described.
  const violations = await frame.evaluate<readonly Violation[]>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}
