import * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import { explainCertificate } from "../../core/acm/explain.ts";
import { explainArn, explainMember, explainModes } from "../../core/cloudfront/explain.ts";
import { secretsOf } from "../../core/cloudfront/secrets.ts";
import type { Explanation } from "../../core/dialect/assist.ts";
import { containersAt, entryAt, type Tree } from "../../core/document/tree.ts";
import type { Payload } from "../../core/facts.ts";
import type { Inventory } from "../../core/inventory.ts";
import { contains, type Span } from "../../core/text.ts";
import { configLanguages } from "../../manifest.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { positionsOf } from "../editor/convert.ts";
import { render } from "../editor/markdown.ts";
import { explainIn, nodeIn } from "./payload-assist.ts";

export function provideHovers(documents: Documents, inventories: InventorySource = noAccount): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    async provideHover(document, position) {
      const checked = await documents.current(document);
      const found =
        checked === undefined ? undefined : explanationAt(checked, document.offsetAt(position), inventories.current());
      return found === undefined
        ? undefined
        : new vscode.Hover(render(found.explanation), positionsOf(document).range(found.at));
    },
  };
  return vscode.languages.registerHoverProvider(
    configLanguages.map((language) => ({ language })),
    provider,
  );
}

function explanationAt(
  { facts }: Checked,
  offset: number,
  inventory: Inventory | undefined,
): { explanation: Explanation; at: Span } | undefined {
  if (facts.kind === "config" && facts.payload !== undefined) return explanationIn(facts.payload, facts.tree, offset);
  if (facts.kind !== "config" || facts.config === undefined) return undefined;
  const { distribution, wrapper } = facts.config;
  if (!contains(wrapper?.root ?? distribution.node, offset)) return undefined;
  const container = containersAt(facts.tree.root, offset).at(-1);
  const entry = container === undefined ? undefined : entryAt(container, offset);
  if (entry === undefined) return undefined;
  if (entry.kind === "member" && contains(entry.keySpan, offset)) {
    const explanation = explainMember(entry);
    return explanation === undefined ? undefined : { explanation, at: entry.keySpan };
  }
  const value = entry.kind === "member" ? entry.value : entry;
  if (value === undefined || !contains(value, offset) || secretsOf(facts.tree).has(value)) return undefined;
  if (value === distribution.viewerMtls?.mode)
    return { explanation: explainModes(String(distribution.viewerMtls.mode.value)), at: value };
  const isClientCertificate = distribution.origins.some(
    ({ blocks, bareArns }) =>
      blocks.some(({ certificate }) => certificate === value) || bareArns.some((member) => member.value === value),
  );
  const explanation = isClientCertificate ? explainCertificate(value, inventory, new Date()) : explainArn(value);
  return explanation === undefined ? undefined : { explanation, at: value };
}

/** In a document for API Gateway or a load balancer. */
function explanationIn(
  payload: Payload,
  { root }: Tree,
  offset: number,
): { explanation: Explanation; at: Span } | undefined {
  if (!contains(nodeIn(payload), offset)) return undefined;
  const container = containersAt(root, offset).at(-1);
  const entry = container === undefined ? undefined : entryAt(container, offset);
  const isName = entry?.kind === "member" && contains(entry.keySpan, offset);
  const value = entry?.kind === "member" ? entry.value : entry;
  const at = isName ? entry.keySpan : value;
  if (at === undefined || !contains(at, offset) || (!isName && value?.kind !== "scalar")) return undefined;
  // What a value means, its member says: the modes, the form of a place.
  const explanation =
    (isName || value === undefined ? undefined : explainArn(value)) ??
    (entry?.kind === "member" ? explainIn(payload, entry) : undefined);
  return explanation === undefined ? undefined : { explanation, at };
}
