import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { GeneratedReason } from "../rules/template-problems.ts";

/** From what a template is made that a program writes. */
export const template = {
  "template:construct": ({ path }) => l10n.t("The CDK wrote this resource. Change the construct {0} instead.", path),
  "template:generated": () => l10n.t("This file is generated. Change the code that it is made from instead."),
} satisfies SaysOf<GeneratedReason>;
