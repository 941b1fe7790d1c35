import * as vscode from "vscode";
import { drawable, newPick, shown } from "./pick.ts";

/** A question with what there is to know before it is answered. */
export interface ReviewQuestion<Answer> {
  readonly title: string;
  readonly step?: { readonly step: number; readonly of: number };
  readonly question: string;
  /** The best first. */
  readonly answers: readonly (vscode.QuickPickItem & { readonly answer: Answer })[];
  /** What is no answer; a section without lines is left out. */
  readonly sections: readonly { readonly title: string; readonly lines: readonly vscode.QuickPickItem[] }[];
}

type AnswerItem<Answer> = vscode.QuickPickItem & { readonly answer?: Answer };

/** Asked beside a comparison: it stays open until it is answered, or left with `undefined`. */
export async function askInReview<Answer extends string>({
  title,
  step,
  question,
  answers,
  sections,
}: ReviewQuestion<Answer>): Promise<Answer | undefined> {
  const pick = newPick<AnswerItem<Answer>>(title, question);
  if (step !== undefined) {
    pick.step = step.step;
    pick.totalSteps = step.of;
  }
  pick.ignoreFocusOut = true;
  pick.items = drawable([
    ...answers,
    ...sections.flatMap(({ title: label, lines }) =>
      lines.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...lines],
    ),
  ]);
  return shown(pick, () => pick.selectedItems[0]?.answer);
}
