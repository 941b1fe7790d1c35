import * as vscode from "vscode";
import { messageOf, relatedText } from "../../core/messages/tell.ts";
import { type Problem, type Severity, sourceOf } from "../../core/rules/rule.ts";
import { LineIndex, type Span, type TextEdit } from "../../core/text.ts";
import { diagnosticSource } from "../../manifest.ts";
import { iconless, plain, steady } from "./plain.ts";

/** Translates offsets of a text to positions. */
export interface Positions {
  range(span: Span): vscode.Range;
}

export function positionsOf(document: vscode.TextDocument): Positions {
  return { range: ({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end)) };
}

/** For a text that no editor holds. */
export function positionsIn(text: string): Positions {
  const index = new LineIndex(text);
  const position = (offset: number) => {
    const { line, column } = index.at(offset);
    return new vscode.Position(line, column);
  };
  return { range: ({ start, end }) => new vscode.Range(position(start), position(end)) };
}

export const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

export function toDiagnostic(problem: Problem, uri: vscode.Uri, positions: Positions): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    positions.range(problem.at),
    steady(messageOf(problem)),
    severities[problem.severity],
  );
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: problem.rule.id, target: vscode.Uri.parse(sourceOf(problem).url) };
  diagnostic.relatedInformation = (problem.related ?? []).map(
    (related) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(uri, positions.range(related.at)),
        steady(relatedText(related, problem)),
      ),
  );
  return diagnostic;
}

/** What follows from a change that is not made yet; no rule says so. */
export function newConsequence(text: string, severity: Severity, range: vscode.Range): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, steady(text), severities[severity]);
  diagnostic.source = diagnosticSource;
  return diagnostic;
}

/** What the light bulb offers. */
export function newAction(title: string, kind = vscode.CodeActionKind.QuickFix): vscode.CodeAction {
  return new vscode.CodeAction(iconless(title), kind);
}

/** A row of the outline, which is one of a pick as well. */
export function newSymbol(
  name: string,
  detail: string,
  kind: vscode.SymbolKind,
  { whole, begin }: { readonly whole: vscode.Range; readonly begin: vscode.Range },
): vscode.DocumentSymbol {
  return new vscode.DocumentSymbol(iconless(name), iconless(detail), kind, whole, begin);
}

const validationSeverities: Readonly<Record<Severity, vscode.InputBoxValidationSeverity>> = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  info: vscode.InputBoxValidationSeverity.Info,
};

/** Below an input box: an error is refused, the rest only told. */
export function toValidation(problem: Problem | undefined): vscode.InputBoxValidationMessage | undefined {
  if (problem === undefined) return undefined;
  return { message: plain(messageOf(problem)), severity: validationSeverities[problem.severity] };
}

export function toTextEdits(edits: readonly TextEdit[], positions: Positions): vscode.TextEdit[] {
  return edits.map(({ span, text }) => new vscode.TextEdit(positions.range(span), text));
}
