import * as vscode from "vscode";
import { iconless, plain, steady } from "./plain.ts";

/** How many steps there were before these. */
export interface Steps {
  readonly before: number;
}

export const noSteps: Steps = { before: 0 };

/**
 * Items as the editor may draw them: what they quote makes no icons. An icon of ours begins a label or a detail; a
 * label that begins with a text which is not ours is `iconless` where it is made.
 */
export function drawable<Item extends vscode.QuickPickItem>(items: readonly Item[]): Item[] {
  return items.map((item) => {
    const label = behindIcon(item.label);
    const description = item.description === undefined ? undefined : iconless(item.description);
    const detail = item.detail === undefined ? undefined : behindIcon(item.detail);
    // The editor tells items by identity.
    if (label === item.label && description === item.description && detail === item.detail) return item;
    return {
      ...item,
      label,
      ...(description === undefined ? {} : { description }),
      ...(detail === undefined ? {} : { detail }),
    };
  });
}

function behindIcon(text: string): string {
  const icon = /^\u2003?\$\([a-z-]+\) /.exec(text)?.[0] ?? "";
  return icon + iconless(text.slice(icon.length));
}

/** A pick above whose items nothing that it quotes moves. */
export function newPick<Item extends vscode.QuickPickItem>(title: string, placeholder: string): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = steady(title);
  pick.placeholder = steady(placeholder);
  return pick;
}

interface Headed {
  readonly title?: string;
  readonly placeHolder?: string;
}

function steadyHead({ title, placeHolder }: Headed): Headed {
  return {
    ...(title === undefined ? {} : { title: steady(title) }),
    ...(placeHolder === undefined ? {} : { placeHolder: steady(placeHolder) }),
  };
}

/**
 * Shows a pick until it is accepted with an answer, or left.
 * @param answer what is selected; `undefined`: it is not to be chosen, and the pick stays
 */
export function shown<Answer>(
  pick: vscode.QuickPick<vscode.QuickPickItem>,
  answer: () => Answer | undefined,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const given = answer();
      if (given === undefined) return;
      resolve(given);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** Asks for one of some items. */
export async function pickOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[] | Promise<readonly Item[]>,
  options: vscode.QuickPickOptions,
): Promise<Item | undefined> {
  return vscode.window.showQuickPick(Array.isArray(items) ? drawable(items) : Promise.resolve(items).then(drawable), {
    ...options,
    ...steadyHead(options),
  });
}

/** Asks for some of them. */
export async function pickMany<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Promise<readonly Item[] | undefined> {
  return vscode.window.showQuickPick(drawable(items), { ...options, ...steadyHead(options), canPickMany: true });
}

type Objection = string | vscode.InputBoxValidationMessage | undefined;

type InputQuestion = Omit<vscode.InputBoxOptions, "validateInput"> & {
  readonly validateInput?: (value: string) => Objection;
};

/** Asks for a text. Below it the editor makes links, of what it quotes, too. */
export function inputBox(options: InputQuestion, token?: vscode.CancellationToken): Thenable<string | undefined> {
  const { prompt, validateInput } = options;
  return vscode.window.showInputBox(
    {
      ...options,
      ...steadyHead(options),
      ...(prompt === undefined ? {} : { prompt: plain(prompt) }),
      ...(validateInput === undefined ? {} : { validateInput: (value: string) => said(validateInput(value)) }),
    },
    token,
  );
}

function said(message: Objection): Objection {
  if (typeof message === "string") return plain(message);
  return message === undefined ? undefined : { ...message, message: plain(message.message) };
}
