import * as vscode from "vscode";
import type { Blocks, Content } from "../../core/messages/content.ts";
import { inspectInSteps } from "../../core/messages/inspection/inspect.ts";
import type { Card, Inspection } from "../../core/messages/inspection/inspection.ts";
import { messageOf } from "../../core/messages/tell.ts";
import { type Problem, sourceOf } from "../../core/rules/rule.ts";
import type { Steps } from "../../core/steps.ts";
import { LineIndex, type Span } from "../../core/text.ts";
import { type Bundle, contentsInside } from "../../core/x509/bundle/bundle.ts";
import type { SignatureVerdicts } from "../../core/x509/path/verdicts.ts";
import { sha256 } from "../../platform/node/crypto.ts";

export interface Judgement {
  /** At places of the facts. */
  readonly problems: readonly Problem[];
  readonly verdicts: SignatureVerdicts;
  readonly now: Date;
  /** A certificate that ends sooner is said to expire soon. In days. */
  readonly soon: number;
}

/** What the page shows: everything in it may be seen, nothing of a private key is in it. */
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
    sha256,
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
  if (errors > 0)
    return [{ tone: "error", text: errors === 1 ? vscode.l10n.t("1 error") : vscode.l10n.t("{0} errors", errors) }];
  return warnings === 0
    ? []
    : [
        {
          tone: "warning",
          text: warnings === 1 ? vscode.l10n.t("1 warning") : vscode.l10n.t("{0} warnings", warnings),
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
