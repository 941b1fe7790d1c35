import type * as vscode from "vscode";

/** How many steps there were before these. */
export interface Steps {
  readonly before: number;
}

export const noSteps: Steps = { before: 0 };

/** Shows a pick until it is accepted with something acceptable, or left. */
export function shown<Item extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<Item>,
  acceptable: () => boolean,
): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    pick.onDidAccept(() => {
      if (!acceptable()) return;
      resolve(true);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(false);
      pick.dispose();
    });
    pick.show();
  });
}
