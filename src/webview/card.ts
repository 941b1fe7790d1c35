import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Card, ExtensionCard } from "../core/messages/inspection/inspection.ts";
import type { Field } from "../core/messages/x509/field.ts";
import { icon } from "./icons.ts";
import type { ToHost } from "./protocol.ts";
import type { Actions, View } from "./view.ts";
import { label, most, valueWords, words } from "./words.ts";

/** What is known of a card besides what is in it. */
interface Place {
  readonly card: Card;
  readonly key: string;
  readonly hex: ReadonlySet<string>;
  readonly actions: Actions;
}

/** One row of the list; what is inside is made when it is first opened. */
export function card(one: Card, index: number, view: View, actions: Actions): TemplateResult {
  const key = view.keys[index] ?? "";
  const open = view.open.has(key);
  const hex = one.extensions.map((_, extension) => (view.hex.has(hexKey(key, extension)) ? 1 : 0)).join("");
  return html`
    <li class="card" data-index=${index} ?hidden=${view.matches[index] === false}>
      ${guard(
        [one, key, open, hex],
        () =>
          html`${head(one, key, open, actions)}${open ? body({ card: one, key, hex: view.hex, actions }) : nothing}`,
      )}
    </li>
  `;
}

export function hexKey(card: string, extension: number): string {
  return `${extension} ${card}`;
}

function head({ id, title, subtitle, badges }: Card, key: string, open: boolean, actions: Actions): TemplateResult {
  return html`
    <div class="head" id="card-${id}">
      <span class="chevron">${icon("chevron")}</span>
      <div class="titles">
        <h2><button class="toggle" aria-expanded=${open} aria-controls=${open ? `body-${id}` : nothing}
          @click=${() => actions.toggle(key)}>${words(title, most.title)}</button></h2>
        ${subtitle === "" ? nothing : html`<p>${words(subtitle, most.title)}</p>`}
      </div>
      ${
        badges.length > 0
          ? html`<ul class="badges">${badges.map(
              ({ tone, text }) => html`<li
        class="badge" data-tone=${tone}>${
          tone === "info" ? nothing : icon(tone)
        }<span>${words(text, most.label)}</span></li>`,
            )}</ul>`
          : nothing
      }
    </div>
  `;
}

function body(place: Place): TemplateResult {
  const { card, actions } = place;
  return html`
    <div class="body" id="body-${card.id}">
      ${buttons(place)} ${problems(card, actions)} ${verdict(card)} ${fields(card.fields, card, undefined, actions)}
      ${
        card.extensions.length === 0
          ? nothing
          : html`
            <h3>${l10n.t("Extensions")} <span class="count">${card.extensions.length}</span></h3>
            <ul class="extensions">${card.extensions.map((one, index) => extension(one, index, place))}</ul>
          `
      }
    </div>
  `;
}

function buttons({ card, actions }: Place): TemplateResult {
  const { id, kind, line, title } = card;
  const copy = (what: "pem" | "text" | "json", name: string) => (event: Event) =>
    actions.copy({ kind: "copy", card: id, what }, name, event.currentTarget);
  return html`
    <div class="buttons" role="group" aria-label=${l10n.t("Actions for {0}", label(title))}>
      ${
        line === undefined
          ? nothing
          : html`<vscode-button secondary
        @click=${() => actions.post({ kind: "showInText", card: id })}>${l10n.t("Show in Text")}</vscode-button>`
      }
      ${
        kind === "certificate" || kind === "request"
          ? html`
            <vscode-button secondary @click=${copy("pem", "PEM")}>${l10n.t("Copy as PEM")}</vscode-button>
            <vscode-button secondary
              @click=${copy("text", l10n.t("text"))}>${l10n.t("Copy as Text")}</vscode-button>
            <vscode-button secondary @click=${copy("json", "JSON")}>${l10n.t("Copy as JSON")}</vscode-button>
            <vscode-button secondary
              @click=${() => actions.post({ kind: "compare", card: id })}>${l10n.t("Compare with…")}</vscode-button>
          `
          : nothing
      }
    </div>
  `;
}

function problems({ id, problems }: Card, actions: Actions): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`
    <h3>${l10n.t("Problems")} <span class="count">${problems.length}</span></h3>
    <ul class="problems">
      ${problems.map(
        ({ severity, rule, message }, index) => html`
          <li data-tone=${severity}>
            ${icon(severity)}<span class="severity">${severityName(severity)}</span>
            <span class="message"
              >${words(message, most.message)}
              <button class="link" aria-label=${l10n.t("Open the documentation for {0}", label(rule))}
                @click=${() =>
                  actions.post({
                    kind: "openLink",
                    card: id,
                    problem: index,
                  })}>${words(rule, most.label)}${icon("link")}</button></span
            >
          </li>
        `,
      )}
    </ul>
  `;
}

function severityName(severity: Card["problems"][number]["severity"]): string {
  switch (severity) {
    case "error":
      return l10n.t("Error");
    case "warning":
      return l10n.t("Warning");
    case "info":
      return l10n.t("Info");
  }
}

function verdict({ fitness }: Card): TemplateResult | typeof nothing {
  if (fitness === undefined) return nothing;
  const { fit, reasons } = fitness;
  return html`
    <section class="verdict" data-tone=${fit ? "ok" : "error"}>
      <h3>${l10n.t("Does CloudFront accept this as an origin client certificate?")} <span
        class="answer">${icon(fit ? "ok" : "error")}${fit ? l10n.t("Yes") : l10n.t("No")}</span></h3>
      <ul>
        ${reasons.map(
          ({ holds, message }) => html`<li
          data-tone=${holds ? "ok" : "error"}>${icon(holds ? "check" : "cross")}<span
          class=${holds ? "spoken" : "holds"}>${
            holds ? l10n.t("Met") : l10n.t("Not met")
          }</span><span>${words(message, most.message)}</span></li>`,
        )}
      </ul>
    </section>
  `;
}

/** @param extension where the fields are one of an extension: its place in the list */
function fields(
  all: readonly Field[],
  { id }: Card,
  extension: { readonly index: number; readonly name: string } | undefined,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`
    <dl>
      ${all.map(({ name, value, monospace }, field) => {
        const message: ToHost = {
          kind: "copyField",
          card: id,
          ...(extension === undefined ? {} : { extension: String(extension.index) }),
          field,
        };
        return html`
          <div class="field">
            <dt>${words(name, most.title)}</dt>
            <dd><span
              class=${monospace === true ? "value code" : "value"}>${valueWords(value)}</span>${copyButton(message, extension === undefined ? name : `${extension.name}: ${name}`, actions)}</dd>
          </div>
        `;
      })}
    </dl>
  `;
}

function copyButton(message: ToHost, name: string, actions: Actions): TemplateResult {
  const what = label(name);
  return html`<button class="small copy" aria-label=${l10n.t("Copy {0}", what)} title=${l10n.t("Copy")}
    @click=${({ currentTarget }: Event) => actions.copy(message, what, currentTarget)}>${icon("copy")}</button>`;
}

function extension(
  { oid, name, critical, fields: own, hex, fault }: ExtensionCard,
  index: number,
  place: Place,
): TemplateResult {
  const { card, key, actions } = place;
  const ownKey = hexKey(key, index);
  const open = place.hex.has(ownKey);
  const copy = (field: number): ToHost => ({ kind: "copyField", card: card.id, extension: String(index), field });
  const size = sizeOf(hex);
  const hexId = `hex-${card.id}-${index}`;
  return html`
    <li>
      <div class="extension">
        <h4>${words(name, most.title)}</h4>
        ${critical ? html`<span class="critical">${l10n.t("critical")}</span>` : nothing}
        <span class="oid"><span
          class="code">${words(oid, most.title)}</span>${copyButton(copy(-1), l10n.t("OID of {0}", name), actions)}</span>
        <button class="raw" aria-expanded=${open} aria-controls=${open ? hexId : nothing}
          aria-label=${[l10n.t("{0} as hex", label(name)), size].filter(Boolean).join(", ")}
          @click=${() => actions.toggleHex(ownKey)}>${icon("chevron")}${l10n.t("Hex")} <span
          class="size">${size}</span></button>
      </div>
      ${
        fault === undefined
          ? nothing
          : html`<p class="fault"
        data-tone="error">${icon("error")}<span>${words(fault, most.message)}</span></p>`
      }
      ${
        open
          ? html`<div class="hex" id=${hexId}><span
        class="value code">${valueWords(hex)}</span>${copyButton(copy(-2), l10n.t("{0} as hex", name), actions)}</div>`
          : nothing
      }
      ${fields(own, card, { index, name }, actions)}
    </li>
  `;
}

/** In words; nothing where the hex is not all there is. */
function sizeOf(hex: string): string {
  const digits = hex.replaceAll(/[\s:]/g, "");
  if (!/^[0-9a-f]*$/i.test(digits)) return "";
  const bytes = digits.length / 2;
  return bytes === 1 ? l10n.t("1 byte") : l10n.t("{0} bytes", bytes);
}
