import * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import { accountElsewhere } from "../../core/acm/origin-state.ts";
import { placeholderAt } from "../../core/cloudfront/placeholders.ts";
import type { Explanation } from "../../core/dialect/assist.ts";
import { viewed, viewedNode } from "../../core/dialect/view.ts";
import {
  type Container,
  containersAt,
  entryAt,
  type Member,
  type Node,
  stringOf,
  type Tree,
} from "../../core/document/tree.ts";
import { readingsIn } from "../../core/facts.ts";
import type { Inventory } from "../../core/inventory.ts";
import { kindOf } from "../../core/kinds.ts";
import { explainPlaceholder } from "../../core/messages/explain/placeholder.ts";
import { explainCondition, explainIntrinsic } from "../../core/messages/explain/reference.ts";
import { secretsIn } from "../../core/secrets.ts";
import { subjectAt } from "../../core/subject-at.ts";
import type { SubjectKind, SubjectOf } from "../../core/subjects.ts";
import { choiceAround, intrinsicOf } from "../../core/template/intrinsics.ts";
import type { Template } from "../../core/template/template.ts";
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
  if (facts.kind !== "config") return undefined;
  const { tree, template } = facts;
  const container = containersAt(tree.root, offset).at(-1);
  const entry = container === undefined ? undefined : entryAt(container, offset);
  if (container === undefined || entry === undefined || subjectAt(facts, offset) === undefined) return undefined;
  const called = template === undefined ? undefined : callExplained(entry, container, offset, { tree, template });
  if (called !== undefined) return called;
  for (const subject of readingsIn(facts)) {
    if (!contains(kindOf(subject).nodeOf(subject), offset)) continue;
    const found = explanationIn(subject, { entry, tree, offset, inventory });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a template says somewhere else: a value that is taken from there, a condition. */
function callExplained(
  entry: Member | Node,
  container: Container,
  offset: number,
  { tree, template }: { readonly tree: Tree; readonly template: Template },
): Found | undefined {
  const value = entry.kind === "member" ? entry.value : entry;
  // At length, the call is the object that the name of the function is in.
  const call = [container, value].find(
    (node) => node !== undefined && contains(node, offset) && intrinsicOf(node) !== undefined,
  );
  const intrinsic = intrinsicOf(call);
  if (call !== undefined && intrinsic !== undefined) {
    const explanation = explainIntrinsic(intrinsic, template, secretsIn(tree).has(call));
    if (explanation !== undefined) return { explanation, at: call };
  }
  const condition = container.kind === "list" && container.items[0] === entry ? stringOf(entry) : undefined;
  return condition === undefined || container.kind !== "list" || choiceAround(container) === undefined
    ? undefined
    : { explanation: explainCondition(condition, template), at: entry };
}

interface Pointed {
  readonly entry: Member | Node;
  readonly tree: Tree;
  readonly offset: number;
  readonly inventory: Inventory | undefined;
}

function explanationIn<Kind extends SubjectKind>(
  subject: SubjectOf<Kind>,
  { entry, tree, offset, inventory }: Pointed,
): Found | undefined {
  const { ofName, ofValue }: Explaining<SubjectOf<Kind>> = explaining[subject.kind as Kind];
  const member = entry.kind === "member" ? listNamed(viewed(entry)) : memberDeciding(entry);
  if (entry.kind === "member" && member !== undefined && contains(member.keySpan, offset)) {
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

/** A list without a count is one member, and seen as two, of which the inner one has no name of its own. */
function listNamed(member: Member): Member {
  const { parent } = member.parent;
  if (member.key !== "Items" || member.spelled === "Items" || parent?.kind !== "object") return member;
  return parent.members.find(({ value }) => value === member.parent) ?? member;
}

/** The member that has a value in one case, and another one in others. */
function memberDeciding(item: Node): Member | undefined {
  let node: Node | undefined = item;
  while (node?.parent?.kind === "list") node = choiceAround(node.parent);
  const { parent } = node ?? {};
  const member = parent?.kind === "object" ? parent.members.find(({ value }) => value === node) : undefined;
  return member === undefined ? undefined : viewed(member);
}
