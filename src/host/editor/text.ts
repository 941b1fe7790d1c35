import * as vscode from "vscode";
import type { Steps } from "../../core/steps.ts";

const linesPerStep = 20_000;

/** The text of a document, which the editor keeps as lines. Right only while it does not change between the steps. */
export function* textInSteps(document: vscode.TextDocument): Steps<string> {
  if (document.lineCount <= linesPerStep) return document.getText();
  const parts: string[] = [];
  for (let line = 0; line < document.lineCount; line += linesPerStep) {
    parts.push(document.getText(new vscode.Range(line, 0, line + linesPerStep, 0)));
    yield;
  }
  return parts.join("");
}
