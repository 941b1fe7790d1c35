import * as l10n from "@vscode/l10n";
import { type Problem, sourceOf } from "../rules/rule.ts";
import type { Steps } from "../steps.ts";
import { LineIndex, type Span } from "../text.ts";
import { type Bundle, contentsInside } from "../x509/bundle/bundle.ts";
import type { SignatureVerdicts } from "../x509/path/verdicts.ts";
import type { Blocks, Content } from "./content.ts";
import { inspectInSteps } from "./inspection/inspect.ts";
import type { Card, Inspection } from "./inspection/inspection.ts";
import type { Sha256 } from "./inspection/item.ts";
import { messageOf } from "./tell.ts";

export interface Judgement {
  /** At places of the facts. */
  readonly problems: readonly Problem[];
  readonly verdicts: SignatureVerdicts;
  readonly now: Date;
  /** A certificate that ends sooner is said to expire soon. In days. */
  readonly soon: number;
  readonly sha256: Sha256;
}

/** What is shown of a content: everything in it may be seen, nothing of a private key is in it. */
export function* inspectionOf(
  name: string,
  content: Content,
  { problems, ...judgement }: Judgement,
): Steps<Inspection> {
  if (content.kind === "nothing") return { name, note: content.note, chains: [], cards: [] };
  const {
    facts: { bundle },
    note,
    places,
    acceptance,
  } = content;
  const inspection = yield* inspectInSteps({
    name,
    bundle,
    isText: places === "same",
    problems: byPiece(bundle, problems),
    ...judgement,
  });
  const lines = linesOf(content);
  return {
    ...inspection,
    note: note ?? inspection.note,
    ...(acceptance === undefined ? {} : { acceptance }),
    cards: inspection.cards.map((card) => ({
      ...card,
      ...(acceptance === undefined ? {} : { fitness: undefined }),
      badges: [...signOfProblems(card), ...card.badges],
      ...(lines === undefined ? {} : { line: lines[pieceOf(card.id)] }),
    })),
  };
}

/** A card that is closed must not look better than it is. */
function signOfProblems({ badges, problems }: Card): Card["badges"] {
  const count = (severity: "error" | "warning") => problems.filter((problem) => problem.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (badges.some(({ tone }) => tone === "error" || (tone === "warning" && errors === 0))) return [];
  if (errors > 0) return [{ tone: "error", text: errors === 1 ? l10n.t("1 error") : l10n.t("{0} errors", errors) }];
  return warnings === 0
    ? []
    : [
        {
          tone: "warning",
          text: warnings === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warnings),
        },
      ];
}

/** The place of the piece that a card shows. */
export function pieceOf(card: string): number {
  return Number.parseInt(card, 10);
}

/**
 * A line for each piece, where the facts themselves do not say it; `undefined`: a line can be asked of them, or there
 * is none.
 */
function linesOf({ facts: { bundle }, places }: Blocks): readonly number[] | undefined {
  if (places === "same") return undefined;
  if (places !== "nowhere") return places.map(({ line }) => line);
  return isShowable(bundle) ? textOfBlocks(bundle).lines : undefined;
}

/** Bytes that could not be read are not written out: it is unknown what they are. */
function isShowable({ pieces }: Bundle): boolean {
  return pieces.every(
    (piece) =>
      piece.content.kind === "certificate" || piece.content.kind === "request" || contentsInside(piece).length > 0,
  );
}

function byPiece({ pieces, starts }: Bundle, problems: readonly Problem[]): ReadonlyMap<number, Card["problems"]> {
  const found = new Map<number, Card["problems"][number][]>();
  let index = 0;
  // They come in the order of the text.
  for (const problem of problems) {
    const { at, severity, rule } = problem;
    while (index + 1 < pieces.length && (starts[index + 1] ?? 0) <= at.start) index++;
    const here = found.get(index) ?? [];
    here.push({ severity, rule: rule.id, message: messageOf(problem), url: sourceOf(problem).url });
    found.set(index, here);
  }
  return found;
}

// --- the blocks as a text of their own

/**
 * A PEM text of the blocks, where they stand in it, and on which lines. Of keys, and of what may be one, there is only
 * the label.
 */
export function textOfBlocks({ pieces }: Bundle): {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly lines: readonly number[];
} {
  let text = "";
  const spans = pieces.map(({ chunk, block: { kind, label, span } }): Span => {
    const start = text.length;
    const written = kind === "private-key" || kind === "other" ? `# ${label}` : chunk.text.slice(span.start, span.end);
    text += `${written}\n`;
    return { start, end: start + written.length };
  });
  const lines = new LineIndex(text);
  return { text, spans, lines: spans.map(({ start }) => lines.at(start).line) };
}
