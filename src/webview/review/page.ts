import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import type {
  ChangedMember,
  Changes,
  Fact,
  PageAction,
  PageLine,
  PageMessage,
  PageOwner,
  PagePlan,
  PageProblems,
  PageStep,
  ReviewPage,
  Tone,
} from "../../account/live/review/page.ts";
import { type IconName, icon } from "../icons.ts";
import { most, valueWords, words } from "../words.ts";
import type { FromReview } from "./protocol.ts";

type Post = (message: FromReview) => void;

export function page(shown: ReviewPage, post: Post): TemplateResult {
  const { title, status, tone, phase, plan, steps, messages, blocked, facts } = shown;
  const isDecided = phase !== "review";
  return html`
    <header class="top">
      <div class="what">
        <h1 tabindex="-1">${words(title, most.title)}</h1>
        <p class="status" role="status" data-tone=${tone} data-phase=${phase}>
          ${icon(phaseIcon(shown))}<span>${words(status, most.message)}</span>
        </p>
      </div>
    </header>
    ${
      messages.length === 0
        ? nothing
        : html`<section class="messages" aria-label=${l10n.t("Messages")}>${repeat(
            messages,
            ({ id }) => id,
            (one) => message(one, post),
          )}</section>`
    }
    ${blocked === undefined ? nothing : note("error", blocked)}
    ${isDecided || steps.length > 1 ? stepList(steps) : nothing} 
    ${plan === undefined ? section(l10n.t("What it is about"), factList(facts)) : planned(plan, shown, post)}
    ${decision(shown, post)}
  `;
}

function phaseIcon({ phase, tone }: ReviewPage): IconName {
  switch (phase) {
    case "done":
      return "ok";
    case "failed":
      return "error";
    case "review":
    case "left":
      return tone === "warning" ? "warning" : "info";
    default:
      return tone === "warning" ? "warning" : "pending";
  }
}

// --- what happens

function stepList(steps: readonly PageStep[]): TemplateResult | typeof nothing {
  if (steps.length === 0) return nothing;
  return html`
    <section class="steps">
      <h2>${steps.length === 1 ? l10n.t("Progress") : l10n.t("Steps")}</h2>
      <ol>${steps.map(
        ({ label, state, text }) => html`
          <li data-state=${state} data-tone=${stepTone(state)}>
            ${icon(stepIcon(state))}
            <div><span class="name">${words(label, most.title)}</span><span class="text">${words(text, most.message)}</span>${trail(state)}</div>
          </li>
        `,
      )}</ol>
    </section>
  `;
}

const stages: readonly PageStep["state"][] = ["sending", "deploying", "reading", "done"];

/** How far it is, for the eye: the words beside it say it. */
function trail(state: PageStep["state"]): TemplateResult | typeof nothing {
  const at = stages.indexOf(state);
  if (at < 0) return nothing;
  const names = [l10n.t("Sent"), l10n.t("Deployed"), l10n.t("Read back")];
  return html`<span class="trail" aria-hidden="true">${names.map(
    (name, index) => html`<span data-at=${index < at ? "behind" : index === at ? "now" : "ahead"}>${name}</span>`,
  )}</span>`;
}

function stepIcon(state: PageStep["state"]): IconName {
  switch (state) {
    case "done":
      return "ok";
    case "failed":
    case "refused":
      return "error";
    case "unknown":
      return "question";
    default:
      return "pending";
  }
}

function stepTone(state: PageStep["state"]): Tone | "next" {
  switch (state) {
    case "done":
      return "ok";
    case "failed":
    case "refused":
      return "error";
    case "unknown":
      return "warning";
    case "next":
      return "next";
    default:
      return "info";
  }
}

function message({ id, tone, text, said, diagnosis, standing, answers }: PageMessage, post: Post): TemplateResult {
  return html`
    <div class="note" data-tone=${tone} role=${tone === "error" ? "alert" : "status"}>
      ${icon(tone)}
      <div>
        <p>${words(text, most.message)}</p>
        ${
          said === undefined
            ? nothing
            : html`<blockquote class="said-by-aws"><p class="label">${l10n.t("AWS returned {0}", said.code)}</p>${
                said.message === "" ? nothing : html`<p>${words(said.message, most.message)}</p>`
              }</blockquote>`
        }
        ${diagnosis === undefined ? nothing : html`<p class="diagnosis">${words(diagnosis, most.message)}</p>`}
        ${standing === undefined || standing === "" ? nothing : html`<p>${words(standing, most.message)}</p>`}
        ${
          answers.length === 0
            ? nothing
            : html`<div class="buttons">${answers.map(
                (answer) => html`<vscode-button secondary
                  @click=${() => post({ kind: "act", act: { kind: "answer", message: id, answer } })}
                  >${answer}</vscode-button>`,
              )}</div>`
        }
      </div>
    </div>
  `;
}

function note(tone: Tone, text: string): TemplateResult {
  return html`<section class="note" data-tone=${tone} aria-label=${l10n.t("Note")}>${icon(tone)}<div><p>${words(text, most.message)}</p></div></section>`;
}

// --- what is planned

function factList(facts: readonly Fact[]): TemplateResult {
  return html`<dl class="facts">${facts.map(
    ({ name, value }) =>
      html`<div class="field"><dt>${name}</dt><dd><span class="value">${words(value, most.message)}</span></dd></div>`,
  )}</dl>`;
}

function planned(plan: PagePlan, { facts, round }: ReviewPage, post: Post): TemplateResult {
  const { sentence, meanwhile, changes, clients, required, notes, introduced, standing, plans, owner } = plan;
  return html`
    <section class="planned">
      <h2>${l10n.t("What will happen")}</h2>
      <p class="sentence">${words(sentence, most.message)}</p>
      ${factList(facts)}
    </section>
    ${
      meanwhile === undefined
        ? nothing
        : html`<section class="meanwhile" data-tone="warning">
            ${icon("warning")}
            <div><h2>${l10n.t("Changed by another update")}</h2><p>${words(meanwhile.text, most.message)}</p>${changeTable(meanwhile.changes)}</div>
          </section>`
    }
    ${section(l10n.t("Changes"), changeTable(changes))} ${lines(l10n.t("Who is cut off, who gets in"), clients)}
    ${lines(l10n.t("What you have to do, in this order"), required)} ${lines(l10n.t("Before you apply"), notes)}
    ${problems(l10n.t("Problems that the change causes"), introduced, "introduced", post)}
    ${owner === undefined ? nothing : owned(owner, round, post)}
    ${
      plans.length === 0
        ? nothing
        : lines(
            l10n.t("Plans and pricing"),
            plans.map((text) => ({ tone: undefined, text, detail: undefined })),
          )
    }
    ${problems(l10n.t("Problems that existed before"), standing, "standing", post)}
  `;
}

function section(title: string, content: TemplateResult | typeof nothing): TemplateResult | typeof nothing {
  return content === nothing ? nothing : html`<section><h2>${title}</h2>${content}</section>`;
}

function changeTable({ members, left }: Changes): TemplateResult | typeof nothing {
  if (members.length === 0) return nothing;
  return html`
    <ul class="changes">${members.map(changed)}</ul>
    ${left > 0 ? html`<p class="quiet">${l10n.t("And {0} more. Open the diff to see all changes.", left)}</p>` : nothing}
  `;
}

function changed({ path, before, after, note: said }: ChangedMember): TemplateResult {
  const value = (kind: "before" | "after", name: string, text: string) => html`
    <div class=${kind}><span class="sign" aria-hidden="true">${kind === "before" ? "−" : "+"}</span><span
      class="spoken">${name}</span><span class="value code">${valueWords(text)}</span></div>
  `;
  return html`
    <li>
      <p class="path">${words(path, most.message)}</p>
      ${before === undefined ? nothing : value("before", l10n.t("Before:"), before)}
      ${after === undefined ? nothing : value("after", l10n.t("After:"), after)}
      ${said === undefined ? nothing : html`<p class="quiet">${said}</p>`}
    </li>
  `;
}

function lines(title: string, all: readonly PageLine[]): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`
    <section>
      <h2>${title}</h2>
      <ul class="lines">${all.map(
        ({ tone, step, text, detail }) => html`
          <li data-tone=${tone ?? "none"} class=${step === undefined ? "" : "numbered"}>
            ${tone === undefined || tone === "info" ? html`<span class="bullet" aria-hidden="true"></span>` : icon(tone)}
            <div><p>${words(step === undefined ? text : l10n.t("{0}. {1}", step, text), most.message)}</p>${
              detail === undefined ? nothing : html`<p class="quiet">${words(detail, most.message)}</p>`
            }</div>
          </li>
        `,
      )}</ul>
    </section>
  `;
}

function problems(
  title: string,
  { problems: all, left }: PageProblems,
  list: "introduced" | "standing",
  post: Post,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`
    <section>
      <h2>${title}</h2>
      <ul class="lines">${all.map(
        ({ severity, rule, message: text }, problem) => html`
          <li data-tone=${severity}>
            ${icon(severity)}
            <div>
              <p><span class="spoken">${severityText(severity)}</span>${words(text, most.message)}</p>
              <button class="link" @click=${() => post({ kind: "openLink", list, problem })}
                >${rule}${icon("link")}</button>
            </div>
          </li>
        `,
      )}</ul>
      ${left > 0 ? html`<p class="quiet">${l10n.t("And {0} more. Open the diff to see all of them.", left)}</p>` : nothing}
    </section>
  `;
}

function severityText(severity: PageProblems["problems"][number]["severity"]): string {
  switch (severity) {
    case "error":
      return l10n.t("Error:");
    case "warning":
      return l10n.t("Warning:");
    case "info":
      return l10n.t("Information:");
  }
}

function owned({ text, template }: PageOwner, round: number, post: Post): TemplateResult {
  return html`
    <section>
      <h2>${l10n.t("Managed by a template")}</h2>
      <ul class="lines">
        <li data-tone="warning">${icon("warning")}<div><p>${words(text, most.message)}</p></div></li>
      </ul>
      ${
        template === undefined
          ? nothing
          : html`
              <p>${l10n.t("The same change as {0}:", template.format)}</p>
              <pre class="code" tabindex="0">${valueWords(template.text)}</pre>
              <div class="buttons">
                <vscode-button secondary
                  @click=${() => post({ kind: "copyTemplate" })}>${l10n.t("Copy")}</vscode-button>
                <vscode-button secondary
                  @click=${() => post({ kind: "act", act: { kind: "press", action: "template", round } })}
                  >${l10n.t("Open in Editor…")}</vscode-button>
              </div>
            `
      }
    </section>
  `;
}

// --- what is decided

function decision({ consequences, isConfirmed, actions, round }: ReviewPage, post: Post): TemplateResult {
  const confirm = (event: Event): void => {
    if (event.target instanceof HTMLInputElement)
      post({ kind: "act", act: { kind: "confirm", isConfirmed: event.target.checked, round } });
  };
  return html`
    <footer class="decision" ?hidden=${actions.length === 0}>
      ${
        consequences.length === 0
          ? nothing
          : // Of another plan it is another one, whatever was ticked.
            keyed(
              round,
              html`<label class="confirm">
                <input type="checkbox" .checked=${isConfirmed} @change=${confirm} />
                <span>${
                  consequences.length === 1
                    ? words(consequences[0] ?? "", most.message)
                    : html`${l10n.t("I know what this change means:")}<ul>${consequences.map(
                        (text) => html`<li>${words(text, most.message)}</li>`,
                      )}</ul>`
                }</span>
              </label>`,
            )
      }
      <div class="buttons">${repeat(
        actions,
        ({ action }) => action,
        (one) => button(one, round, post),
      )}</div>
    </footer>
  `;
}

function button({ action, label, isEnabled, isMain }: PageAction, round: number, post: Post): TemplateResult {
  return html`<vscode-button ?secondary=${!isMain} ?disabled=${!isEnabled}
    aria-disabled=${isEnabled ? "false" : "true"} data-action=${action}
    @click=${() => post({ kind: "act", act: { kind: "press", action, round } })}>${label}</vscode-button>`;
}
