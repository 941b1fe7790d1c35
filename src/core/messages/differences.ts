import * as l10n from "@vscode/l10n";
import type { Difference, Step } from "../cloudfront/compare.ts";
import { nameItems } from "../cloudfront/items.ts";
import { secretsOf } from "../cloudfront/secrets.ts";
import { parseJson } from "../document/json/read.ts";
import { maskEditsFor } from "../document/masking.ts";
import type { Json, Node } from "../document/tree.ts";
import { isJsonList, sameJson } from "../document/values.ts";
import { applyEdits } from "../text.ts";

/** An ARN is not. */
const longestValue = 120;

const longestStep = 60;

/** A difference as it is shown: values of custom headers are secrets and are not in it. */
export interface ShownDifference {
  /** As in `Origins › catalog › CustomOriginConfig`. */
  readonly place: string;
  readonly kind: "added" | "removed" | "changed" | "order";
  /** `undefined`: not there, or too much to be shown. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A text that is long is cut, and an object that is long left out. */
export function shownDifference({ path, before, after }: Difference): ShownDifference {
  const place =
    path.length === 0
      ? l10n.t("The configuration")
      : path
          .filter((step) => step !== "Items")
          .map(stepName)
          .join(" › ");
  const [old, now] = [before, after].map((value) => (value === undefined ? undefined : shownValue(path, value)));
  if (before === undefined) return { place, kind: "added", before: undefined, after: now };
  if (after === undefined) return { place, kind: "removed", before: old, after: undefined };
  // Values that look alike say nothing: secrets do.
  if (old === undefined || now === undefined || old === now)
    return { place, kind: "changed", before: undefined, after: undefined };
  return { place, kind: isOrder(before, after) ? "order" : "changed", before: old, after: now };
}

/** In one line. */
export function describeDifference(difference: Difference): string {
  const { place, kind, before, after } = shownDifference(difference);
  switch (kind) {
    case "added":
      return after === undefined ? l10n.t("{0}: added", place) : l10n.t("{0}: added {1}", place, after);
    case "removed":
      return before === undefined ? l10n.t("{0}: removed", place) : l10n.t("{0}: removed {1}", place, before);
    case "order":
      return l10n.t("{0}: order changed from {1} to {2}", place, before ?? "", after ?? "");
    case "changed":
      return before === undefined || after === undefined
        ? l10n.t("{0}: changed (not shown here)", place)
        : l10n.t("{0}: changed from {1} to {2}", place, before, after);
  }
}

function isOrder(before: Json, after: Json): boolean {
  if (!isJsonList(before) || !isJsonList(after)) return false;
  const items = nameItems(before, after);
  const [old = [], now = []] = items?.names.map((names) => names.toSorted()) ?? [];
  return items?.plain === true && sameJson(old, now);
}

function stepName(step: Step): string {
  return typeof step === "number" ? `#${step + 1}` : cut(step.replaceAll(/\s+/g, " "), longestStep);
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not through a character of two halves.
  const end = /[\uD800-\uDBFF]/.test(text[most - 2] ?? "") ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/**
 * As in the document, with what is secret masked: which that is depends on where it stands. `undefined`: too much to be
 * shown.
 */
function shownValue(path: readonly Step[], value: Json): string | undefined {
  // An item is one of a list, whatever its id; a name may mean custom headers.
  const isItem = (index: number) => typeof path[index] === "number" || path[index - 1] === "Items";
  let opening = "";
  let closing = "";
  path.forEach((step, index) => {
    opening += isItem(index) ? "[" : `{${JSON.stringify(step)}:`;
    closing = (isItem(index) ? "]" : "}") + closing;
  });
  const text = opening + stringify(value) + closing;
  const tree = parseJson(text, "json");
  let node: Node | undefined = tree.root;
  for (const _ of path)
    node = node?.kind === "list" ? node.items[0] : node?.kind === "object" ? node.members[0]?.value : undefined;
  if (node === undefined || (node.kind !== "scalar" && node.end - node.start > longestValue)) return undefined;
  const { start, end } = node;
  const within = [...secretsOf(tree)].filter((secret) => secret.start >= start && secret.end <= end);
  const masks = maskEditsFor(within).map(({ span, text: shown }) => ({
    span: { start: span.start - start, end: span.end - start },
    text: shown,
  }));
  return cut(applyEdits(text.slice(start, end), masks), longestValue);
}

/** What is nested too deep to be written down is not shown. */
function stringify(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return "";
  }
}
