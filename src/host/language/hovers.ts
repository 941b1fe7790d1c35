import * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import { accountElsewhere } from "../../core/acm/origin-state.ts";
import { placeholderAt } from "../../core/cloudfront/placeholders.ts";
import type { Explanation } from "../../core/dialect/assist.ts";
import { viewed, viewedNode } from "../../core/dialect/view.ts";
import { containersAt, entryAt, stringOf, type Tree } from "../../core/document/tree.ts";
import type { Inventory } from "../../core/inventory.ts";
import { explainPlaceholder } from "../../core/messages/explain/placeholder.ts";
import { secretsIn } from "../../core/secrets.ts";
import { subjectAt } from "../../core/subject-at.ts";
import type { SubjectKind, SubjectOf } from "../../core/subjects.ts";
import { contains, type Span } from "../../core/text.ts";
import { configLanguages } from "../../manifest.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { positionsOf } from "../editor/convert.ts";
import { type CommandLink, render } from "../editor/markdown.ts";
import { type Explaining, explaining } from "./explaining.ts";

export function provideHovers(documents: Documents, inventories: InventorySource = noAccount): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    async provideHover(document, position) {
      const checked = await documents.current(document);
      const found =
        checked === undefined ? undefined : explanationAt(checked, document.offsetAt(position), inventories.current());
      return found === undefined
        ? undefined
        : new vscode.Hover(render(found.explanation, found.link), positionsOf(document).range(found.at));
    },
  };
  return vscode.languages.registerHoverProvider(
    configLanguages.map((language) => ({ language })),
    provider,
  );
}

interface Found {
  readonly explanation: Explanation;
  readonly at: Span;
  /** What can be done from here. */
  readonly link?: CommandLink;
}

/** For what is in an account that is not the connected one. */
function otherProfile(): CommandLink {
  return { title: vscode.l10n.t("Select AWS Profile…"), command: "mtls.selectProfile", arguments: [] };
}

function explanationAt({ facts }: Checked, offset: number, inventory: Inventory | undefined): Found | undefined {
  const subject = subjectAt(facts, offset);
  return facts.kind !== "config" || subject === undefined
    ? undefined
    : explanationIn(subject, facts.tree, offset, inventory);
}

function explanationIn<Kind extends SubjectKind>(
  subject: SubjectOf<Kind>,
  tree: Tree,
  offset: number,
  inventory: Inventory | undefined,
): Found | undefined {
  const { ofName, ofValue }: Explaining<SubjectOf<Kind>> = explaining[subject.kind as Kind];
  const container = containersAt(tree.root, offset).at(-1);
  const entry = container === undefined ? undefined : entryAt(container, offset);
  if (entry === undefined) return undefined;
  const member = entry.kind === "member" ? viewed(entry) : undefined;
  if (member !== undefined && contains(member.keySpan, offset)) {
    const explanation = ofName(subject, member);
    return explanation === undefined ? undefined : { explanation, at: member.keySpan };
  }
  const value = entry.kind === "member" ? entry.value : entry;
  if (value === undefined || !contains(value, offset)) return undefined;
  if (secretsIn(tree).has(value)) {
    const standsFor = placeholderAt(value);
    return standsFor === undefined ? undefined : { explanation: explainPlaceholder(standsFor), at: value };
  }
  const explanation = ofValue(subject, viewedNode(value), member, inventory);
  if (explanation === undefined) return undefined;
  const isElsewhere =
    inventory !== undefined && accountElsewhere(stringOf(value)?.trim() ?? "", inventory) !== undefined;
  return { explanation, at: value, ...(isElsewhere ? { link: otherProfile() } : {}) };
}
