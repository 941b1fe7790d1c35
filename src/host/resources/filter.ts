import * as vscode from "vscode";
import type { ResourcesModel } from "../../account/model.ts";
import { count } from "../../account/row-words.ts";
import type { Showing } from "./showing.ts";

/** After a keystroke, in milliseconds: the rows are drawn anew. */
const pause = 100;

/** *Filter*: the rows follow what is typed. Escape brings back what was before. */
export async function askForFilter(
  showing: Showing,
  model: ResourcesModel,
  regions: () => readonly string[],
): Promise<void> {
  const before = showing.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Filter AWS Resources");
  input.placeholder = vscode.l10n.t('Id, ARN, domain, alias, comment or state: broken, expired, "not fit"');
  input.value = before;
  input.valueSelection = [0, before.length];
  const count = () => (input.prompt = filterCounts(model, regions()));
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

/** As in `3 of 25 certificates, 1 of 29 distributions`. */
export function filterCounts(model: ResourcesModel, regions: readonly string[]): string {
  const certificates = regions.map((region) => model.certificates(region));
  const distributions = model.distributions();
  const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);
  return vscode.l10n.t(
    "{0} of {1} certificates, {2} of {3} distributions",
    count(sum(certificates.map(({ items }) => items.length))),
    count(sum(certificates.map(({ of }) => of))),
    count(distributions.items.length),
    count(distributions.of),
  );
}
