import * as vscode from "vscode";
import type { Showing } from "../../account/showing.ts";

/** After a keystroke, in milliseconds: the rows are drawn anew. */
const pause = 100;

/** *Filter*: the rows follow what is typed. Escape brings back what was before. */
export async function askForFilter(showing: Showing, counts: () => string): Promise<void> {
  const before = showing.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Filter AWS Resources");
  input.placeholder = vscode.l10n.t('ID, ARN, domain name, alias, comment, or state: fails, expired, "not usable"');
  input.value = before;
  input.valueSelection = [0, before.length];
  const count = () => (input.prompt = counts());
  count();
  let timer: NodeJS.Timeout | undefined;
  const take = () => {
    clearTimeout(timer);
    showing.filter = input.value;
    count();
  };
  await new Promise<void>((resolve) => {
    let isKept = false;
    input.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(take, pause);
    });
    input.onDidAccept(() => {
      isKept = true;
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      showing.filter = isKept ? input.value : before;
      input.dispose();
      resolve();
    });
    input.show();
  });
}
