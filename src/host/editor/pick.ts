import * as vscode from "vscode";
import { type Back, back, type Place } from "../../account/asking.ts";
import { iconless, plain, steady } from "./plain.ts";

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

/** Selects what was chosen before; else the first one is, as in any pick. */
export function preselect<Item extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<Item>,
  isChosen: (item: Item) => boolean,
): void {
  const chosen = pick.items.filter(isChosen);
  if (chosen.length > 0) pick.activeItems = chosen;
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
  return answered(pick, answer);
}

/** The same as one of several questions: it says which, and has a way back. */
export function shownAt<Answer>(
  pick: vscode.QuickPick<vscode.QuickPickItem>,
  place: Place,
  answer: () => Answer | undefined,
): Promise<Answer | Back | undefined> {
  standAt(pick, place);
  // Who looks something up meanwhile, as an ARN to paste, comes back to the same question.
  pick.ignoreFocusOut = true;
  return answered<Answer | Back>(pick, answer);
}

function standAt(asking: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, { step, of, canGoBack }: Place) {
  if (of > 1) {
    asking.step = step;
    asking.totalSteps = of;
  }
  asking.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

function answered<Answer>(
  asking: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  answer: () => Answer | undefined,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const end = (given: Answer | undefined) => {
      resolve(given);
      asking.hide();
    };
    asking.onDidAccept(() => {
      const given = answer();
      if (given !== undefined) end(given);
    });
    asking.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) end(back as Answer);
    });
    asking.onDidHide(() => {
      resolve(undefined);
      asking.dispose();
    });
    asking.show();
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

/** What stands in a box, also after it was left for the question before. */
export interface Entered {
  text: string;
}

interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder: string;
  /** An error is refused, the rest only told. */
  readonly validate: (text: string) => Objection;
}

/** What is typed counts as judged so long after it. */
const typingPause = 100;

/** Asks for a text as one of several questions. What stands around it is no part of it. */
export function enterText(
  { title, prompt, placeHolder, validate }: TextQuestion,
  entered: Entered,
  place: Place,
): Promise<string | Back | undefined> {
  const box = vscode.window.createInputBox();
  box.title = steady(title);
  box.prompt = plain(prompt);
  box.placeholder = steady(placeHolder);
  box.value = entered.text;
  box.ignoreFocusOut = true;
  standAt(box, place);
  const judge = (): Objection => {
    const objection = validate(box.value.trim());
    box.validationMessage = said(objection);
    return objection;
  };
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    entered.text = box.value;
  };
  box.onDidTriggerButton(keep);
  box.onDidAccept(keep);
  box.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(judge, typingPause);
  });
  box.onDidHide(() => clearTimeout(timer));
  return answered<string | Back>(box, () => (isRefused(judge()) ? undefined : box.value.trim()));
}

function isRefused(objection: Objection): boolean {
  return typeof objection === "string" || objection?.severity === vscode.InputBoxValidationSeverity.Error;
}
