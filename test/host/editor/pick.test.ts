import assert from "node:assert/strict";
import * as vscode from "vscode";
import { back, type Place } from "../../../src/account/asking.ts";
import { newAction, newSymbol } from "../../../src/host/editor/convert.ts";
import { render } from "../../../src/host/editor/markdown.ts";
import {
  drawable,
  type Entered,
  enterText,
  inputBox,
  newPick,
  pickMany,
  pickOne,
  shownAt,
} from "../../../src/host/editor/pick.ts";
import { iconless, plain, steady } from "../../../src/host/editor/plain.ts";
import { treeItem } from "../../../src/host/resources/tree-item.ts";
import { stand } from "../aws.ts";
import { until } from "../editor.ts";

/** How the editor finds icons in a label (vs/base/common/themables). */
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;
/** How it finds links below an input box (vs/base/common/linkedText). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)\)/i;
/** What moves or hides what stands beside it. */
const moves = /[\u0000-\u0009\u000b-\u001f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\u{e0041}/u;
const hostile = "a $(check) [b](command:workbench.action.quit) \u202ec\u2066d\u061c\u200f\u{e0041}e\u001b[2J\nf";

describe("a text that is not ours", () => {
  it("moves, hides and draws nothing, and is the same the second time", () => {
    for (const told of [steady, plain, iconless]) {
      const text = told(hostile);
      assert.doesNotMatch(text, /[\u0000-\u001f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\u{e0041}/u);
      assert.equal(told(text), text);
    }
    assert.doesNotMatch(plain(hostile), link);
    assert.doesNotMatch(iconless(hostile), icon);
    assert.equal(plain("zero\u200bwidth"), "zero width");
    for (const text of ["オリジン", "👩‍💻 \u200c", "a [b] (c) $x $ (y)"]) assert.equal(iconless(text), text);
  });

  it("makes no icon anywhere in an item, where ours stays", () => {
    const [item] = drawable([
      { label: `$(check) Apply to ${hostile}`, description: hostile, detail: `$(error) ${hostile}`, kept: 1 },
    ]);
    assert.ok(item !== undefined && item.kept === 1);
    assert.ok(item.label.startsWith("$(check) Apply to a ") && item.detail.startsWith("$(error) a "));
    for (const text of [item.label.slice(8), item.description, item.detail.slice(8)]) {
      assert.doesNotMatch(text, icon);
      assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\n]/);
    }
    const plainOne = { label: "o1", detail: "mTLS is on" };
    assert.equal(drawable([plainOne])[0], plainOne, "the editor tells items by identity");
  });

  it("stays a text in hovers, rows and findings", () => {
    const hover = render({ title: hostile, text: [hostile], facts: [[hostile, hostile]], link: undefined });
    assert.notEqual(hover.supportThemeIcons, true);
    assert.doesNotMatch(hover.value, moves);
    assert.doesNotMatch(hover.value, link);
    const row = treeItem({ kind: "user" }, "id", hostile, {
      ...{ label: hostile, description: hostile, lead: "", spoken: hostile },
      ...{ icon: undefined, opens: "leaf", context: "user" },
    });
    for (const text of [row.label, row.description, row.accessibilityInformation?.label])
      assert.doesNotMatch(String(text), moves);
  });

  it("stays a text in the light bulb, in the outline and above picks", () => {
    const pick = newPick(hostile, hostile);
    const range = new vscode.Range(0, 0, 0, 0);
    const symbol = newSymbol(hostile, hostile, vscode.SymbolKind.Object, { whole: range, begin: range });
    const { title } = newAction(hostile);
    for (const text of [pick.title, pick.placeholder, symbol.name, symbol.detail, title])
      assert.doesNotMatch(text ?? hostile, moves);
    for (const text of [symbol.name, symbol.detail, title]) assert.doesNotMatch(text, icon);
    pick.dispose();
  });

  it("is asked about without icons and links", async () => {
    let items: readonly vscode.QuickPickItem[] = [];
    let head: vscode.QuickPickOptions | undefined;
    const pick = stand("showQuickPick", async (given, above) => {
      head = above as vscode.QuickPickOptions;
      items = await (given as Promise<readonly vscode.QuickPickItem[]>);
      return items[0];
    });
    let options: vscode.InputBoxOptions | undefined;
    const box = stand("showInputBox", async (given) => void (options = given as vscode.InputBoxOptions));
    try {
      const above = { title: hostile, placeHolder: hostile };
      for (const ask of [
        () => pickOne([{ label: "x", description: hostile }], above),
        () => pickOne(Promise.resolve([{ label: "x", description: hostile }]), above),
        () => pickMany([{ label: "x", description: hostile }], above),
      ]) {
        await ask();
        for (const text of [head?.title, head?.placeHolder]) assert.doesNotMatch(text ?? hostile, moves);
        assert.doesNotMatch(items[0]?.description ?? hostile, icon);
      }
      await inputBox({ ...above, prompt: `Enter the code for ${hostile}`, validateInput: () => `Not ${hostile}` });
      assert.doesNotMatch(options?.prompt ?? hostile, link);
      for (const text of [options?.title, options?.placeHolder]) assert.doesNotMatch(text ?? hostile, moves);
      assert.doesNotMatch(String(options?.validateInput?.("")), link);
    } finally {
      pick.dispose();
      box.dispose();
    }
  });
});

describe("a question among several", () => {
  const first: Place = { step: 1, of: 3, canGoBack: false };
  const second: Place = { step: 2, of: 3, canGoBack: true };
  const accept = () => vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  const goBack = () => vscode.commands.executeCommand("workbench.action.quickInputBack");
  const leave = () => vscode.commands.executeCommand("workbench.action.closeQuickOpen");
  let boxes: vscode.InputBox[] = [];
  let remembering: vscode.Disposable;
  beforeEach(() => {
    boxes = [];
    const original = vscode.window.createInputBox;
    remembering = stand("createInputBox", () => {
      const box = original.call(vscode.window);
      boxes.push(box);
      return box;
    });
  });
  afterEach(async () => {
    await leave();
    remembering.dispose();
  });

  function asked(place: Place) {
    const pick = newPick("Do it: here", "Select one");
    pick.items = drawable([{ label: "a" }, { label: "b" }]);
    return { pick, answer: shownAt(pick, place, () => pick.selectedItems[0]?.label) };
  }

  it("says which it is and stays when the focus leaves; only the first has no Back", async () => {
    for (const place of [first, second]) {
      const { pick, answer } = asked(place);
      assert.deepEqual([pick.step, pick.totalSteps, pick.ignoreFocusOut], [place.step, 3, true]);
      assert.deepEqual(pick.buttons, place.canGoBack ? [vscode.QuickInputButtons.Back] : []);
      await accept();
      assert.equal(await answer, "a");
    }
    const only = asked({ step: 1, of: 1, canGoBack: false });
    assert.deepEqual([only.pick.step, only.pick.totalSteps], [undefined, undefined], "it is no step");
    await leave();
    assert.equal(await only.answer, undefined);
  });

  it("is answered with Back, and left with Escape", async () => {
    const { answer } = asked(second);
    await goBack();
    assert.equal(await answer, back);
    const left = asked(second);
    await leave();
    assert.equal(await left.answer, undefined);
  });

  const entering = (entered: Entered, place: Place = second) =>
    enterText(
      {
        title: `Do it: ${hostile}`,
        prompt: `Enter ${hostile}`,
        placeHolder: "x",
        validate: (text) =>
          text === "bad"
            ? `No ${hostile}`
            : text === "odd"
              ? { message: `Hm ${hostile}`, severity: vscode.InputBoxValidationSeverity.Warning }
              : undefined,
      },
      entered,
      place,
    );

  it("a text is refused with its reason while it is wrong, and taken without what stands around it", async () => {
    const entered = { text: "bad" };
    const answer = entering(entered);
    const box = boxes[0] ?? assert.fail("no box");
    assert.deepEqual([box.step, box.totalSteps, box.ignoreFocusOut, box.value], [2, 3, true, "bad"]);
    for (const text of [box.title, box.prompt]) assert.doesNotMatch(text ?? hostile, moves);
    assert.doesNotMatch(box.prompt ?? hostile, link);
    await accept();
    await until("the reason", () => box.validationMessage !== undefined);
    assert.match(String(box.validationMessage), /^No a /);
    assert.doesNotMatch(String(box.validationMessage), link);
    const warned = entering({ text: "  odd " });
    assert.equal(await answer, undefined, "another question takes its place");
    await accept();
    assert.equal(await warned, "odd", "a warning is only told");
  });

  it("Back is an answer to it, too, and what was typed is there again", async () => {
    const entered = { text: "before" };
    const answer = entering(entered);
    const [box] = boxes;
    assert.ok(box, "no box");
    box.value = "odd";
    await goBack();
    assert.equal(await answer, back);
    const again = entering(entered);
    assert.equal(boxes[1]?.value, "odd");
    await leave();
    assert.equal(await again, undefined);
  });
});
