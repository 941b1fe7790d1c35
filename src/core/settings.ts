// What the settings say that decides what is found, read the same wherever they come from: a wrong entry says nothing.
import type { Suppression } from "./judging.ts";
import type { RuleSettings, Severity } from "./rules/rule.ts";

/** What a rule can be set to. */
export const severityWords = ["error", "warning", "info", "off"] as const satisfies readonly (Severity | "off")[];

/**
 * @param configured `mtls.rules`
 * @param days `mtls.expiryWarningDays`
 * @param usualDays where they say nothing
 */
export function readRuleSettings(configured: unknown, days: unknown, usualDays: number): RuleSettings {
  return {
    severities: Object.fromEntries(Object.entries(objectOf(configured)).filter(([, word]) => isSeverityWord(word))),
    expiryWarningDays: areDays(days) ? days : usualDays,
  };
}

export function isSeverityWord(value: unknown): value is Severity | "off" {
  return (severityWords as readonly unknown[]).includes(value);
}

export function areDays(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

export function objectOf(configured: unknown): object {
  return typeof configured === "object" && configured !== null ? configured : {};
}

/** @param configured `mtls.suppress` */
export function readSuppressions(configured: unknown): Suppression[] {
  return Array.isArray(configured) ? configured.filter(isSuppression) : [];
}

export function isSuppression(entry: unknown): entry is Suppression {
  const { rule, path, origin = "", certificate = "" } = objectOf(entry) as Record<string, unknown>;
  return [rule, path, origin, certificate].every((value) => typeof value === "string");
}
