import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import type { AcceptanceAnswers } from "../core/messages/inspection/inspection.ts";
import { icon } from "./icons.ts";
import type { Actions } from "./view.ts";
import { most, words } from "./words.ts";

/** The answer of each service, with what decides it. */
export function acceptance(all: AcceptanceAnswers | undefined, actions: Actions): TemplateResult | typeof nothing {
  if (all === undefined) return nothing;
  return html`
    <section class="acceptance" aria-labelledby="acceptance">
      <h2 id="acceptance">${words(all.question, most.message)}</h2>
      <p class="at">${words(all.at, most.title)} <button class="link"
        @click=${() => actions.post({ kind: "chooseTime" })}>${l10n.t("Check at Another Time…")}</button></p>
      <ul class="answers">${all.answers.map(answer)}</ul>
    </section>
  `;
}

function answer({ name, tone, answer, reasons }: AcceptanceAnswers["answers"][number]): TemplateResult {
  return html`
    <li class="verdict" data-tone=${tone}>
      <h3>${words(name, most.title)} <span class="answer">${icon(tone)}${words(answer, most.message)}</span></h3>
      ${
        reasons.length === 0
          ? nothing
          : html`<ul class="reasons">${reasons.map((reason) => html`<li>${words(reason, most.message)}</li>`)}</ul>`
      }
    </li>
  `;
}
