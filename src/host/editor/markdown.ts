import * as vscode from "vscode";
import type { Explanation } from "../../core/dialect/assist.ts";
import { tell } from "../../core/messages/tell.ts";
import type { CommandId } from "../../manifest.ts";
import { steady } from "./plain.ts";

/** A command that a hover offers; its arguments are ours, never text of a file. */
export interface CommandLink {
  readonly title: string;
  readonly command: CommandId;
  readonly arguments: readonly unknown[];
}

/**
 * Values come from the user's file: put in as text, never as Markdown. No other command than the one given can be run
 * from it.
 */
export function render({ title, text, facts, link }: Explanation, command?: CommandLink): vscode.MarkdownString {
  const paragraphs = [
    // Long facts make a hover scroll: what can be done must not be below them.
    [
      `**${escapeMarkdown(tell(title))}**`,
      ...(command === undefined ? [] : [`[${escapeMarkdown(command.title)}](${commandUri(command)})`]),
    ].join(" · "),
    ...text.map(escapeMarkdown),
    ...(facts.length === 0
      ? []
      : [facts.map(([name, value]) => `- ${escapeMarkdown(`${name}: ${value}`)}`).join("\n")]),
    ...(link === undefined ? [] : [`[${escapeMarkdown(link.title)}](${link.url})`]),
  ];
  const markdown = new vscode.MarkdownString(paragraphs.join("\n\n"));
  if (command !== undefined) markdown.isTrusted = { enabledCommands: [command.command] };
  return markdown;
}

/**
 * No command runs from it.
 * @param paragraphs Markdown in which texts that are not ours went through `escapeMarkdown`
 */
export function comment(paragraphs: readonly string[]): vscode.MarkdownString {
  return new vscode.MarkdownString(paragraphs.join("\n\n"));
}

/** A bracket would end the link. */
function commandUri({ command, arguments: given }: CommandLink): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(given)).replaceAll("(", "%28").replaceAll(")", "%29")}`;
}

/** Not `appendText`: that makes every space one at which no line may break, so that words are torn apart. */
export function escapeMarkdown(text: string): string {
  return steady(text.replace(/\s+/g, " ")).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
