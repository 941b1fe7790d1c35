import * as l10n from "@vscode/l10n";
import type { Certificate } from "../../x509/model.ts";
import { hex } from "../../x509/read/hex.ts";
import type { CertificateRequest } from "../../x509/read/request.ts";
import { certificateTitle, nameTitle } from "./describe.ts";
import { extensionText, type Holder } from "./extension-text.ts";
import type { Field } from "./field.ts";
import { certificateFields, requestFields } from "./fields.ts";

// For reading and for comparing: one fact a line, in one order, and nothing that changes with the day.

/** @param fingerprint SHA-256 in hex: core has no hash. */
export function certificateText(certificate: Certificate, fingerprint: string): string {
  return written(certificateTitle(certificate), certificateFields(certificate, fingerprint), certificate);
}

export function requestText(request: CertificateRequest): string {
  return written(l10n.t("Request: {0}", nameTitle(request.subject, request.der)), requestFields(request), request);
}

function written(
  title: string,
  fields: readonly Field[],
  holder: Holder & { readonly publicKey: Certificate["publicKey"] },
): string {
  const { start, end } = holder.publicKey.spki;
  return [
    title,
    ...fields.flatMap((field) => lines(field, 1)),
    `  ${l10n.t("Public key bytes")}:`,
    ...(hex(holder.der, start, end).match(/.{1,64}/g) ?? []).map((row) => `    ${row}`),
    `  ${l10n.t("Extensions")}:`,
    ...holder.extensions.flatMap((extension) => {
      const { name, fields: said, fault } = extensionText(holder, extension);
      const full = name === extension.oid ? name : `${name} (${extension.oid})`;
      const heading = extension.critical ? l10n.t("{0}, critical", full) : full;
      return [
        `    ${heading}`,
        ...(fault === undefined ? [] : [`      ${l10n.t("Damaged: {0}", fault)}`]),
        ...said.flatMap((field) => lines(field, 3)),
      ];
    }),
    "",
  ].join("\n");
}

function lines({ name, value }: Field, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  const [first = "", ...others] = value.split("\n");
  return others.length === 0
    ? [`${indent}${name}: ${first}`]
    : [`${indent}${name}:`, ...[first, ...others].map((line) => `${indent}  ${line}`)];
}
