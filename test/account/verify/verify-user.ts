// The scripted user of a verification: answers as a test says, and remembers everything that was shown.
import * as assert from "node:assert/strict";
import type { ChosenFile, VerifyQuestion, VerifyUi } from "../../../src/account/verify/ui.ts";

export class VerifyUser implements VerifyUi {
  readonly said: { readonly message: string; readonly severity: string }[] = [];
  readonly asked: VerifyQuestion<unknown>[] = [];
  readonly entered: { readonly title: string; readonly value: string; readonly refused: string | undefined }[] = [];
  readonly shown: { readonly name: string; readonly text: string }[] = [];
  readonly progressed: string[] = [];
  readonly dialogs: string[] = [];
  /** Beginnings of the labels that are chosen, one after the other; what comes behind them is left. */
  choices: string[] = [];
  texts: string[] = [];
  files: ChosenFile[] = [];
  readonly stop = new AbortController();

  async say(message: string, severity = "info"): Promise<void> {
    this.said.push({ message, severity });
  }

  async choose<Value>(question: VerifyQuestion<Value>): Promise<Value | undefined> {
    this.asked.push(question);
    const wanted = this.choices.shift();
    if (wanted === undefined) return undefined;
    const found = question.items.find(({ label }) => label.replace(/^\$\([a-z-]+\) /, "").startsWith(wanted));
    return (found ?? assert.fail(`${wanted} is not among ${question.items.map(({ label }) => label).join(" | ")}`))
      .value;
  }

  async enter({ title, value, check }: Parameters<VerifyUi["enter"]>[0]): Promise<string | undefined> {
    const text = this.texts.shift();
    const refused = text === undefined ? undefined : check(text);
    this.entered.push({ title, value, refused });
    return refused === undefined ? text : undefined;
  }

  async chooseFile(title: string): Promise<ChosenFile | undefined> {
    this.dialogs.push(title);
    return this.files.shift();
  }

  async progress<Result>(
    title: string,
    work: (report: (message: string) => void, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    this.progressed.push(title);
    return work((message) => this.progressed.push(message), this.stop.signal);
  }

  async show(name: string, text: string): Promise<void> {
    this.shown.push({ name, text });
  }

  /** Of the last question. */
  labels(): readonly string[] {
    return this.asked.at(-1)?.items.map(({ label }) => label) ?? [];
  }
}
