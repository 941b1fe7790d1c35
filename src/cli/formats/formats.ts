import type { Severity } from "../api.ts";
import type { Report } from "../report.ts";
import { version } from "../version.ts";

/** What `--format` takes. */
export const formats = ["text", "json", "sarif", "github", "junit"] as const;
export type Format = (typeof formats)[number];

export interface Rendering {
  readonly isColored: boolean;
  /** Of the terminal, in columns. */
  readonly width: number | undefined;
  /** Findings of this severity and of worse ones fail. */
  readonly threshold: Severity;
}

/** The report, piece by piece. What writes it is loaded when it is asked for. */
export async function render(format: Format, report: Report, rendering: Rendering): Promise<Iterable<string>> {
  switch (format) {
    case "text":
      return (await import("./text.ts")).renderText(report, rendering);
    case "json":
      return (await import("./json.ts")).renderJson(report, { version });
    case "sarif":
      return (await import("./sarif.ts")).renderSarif(report, { version });
    case "github":
      return (await import("./github.ts")).renderGithub(report);
    case "junit":
      return (await import("./junit.ts")).renderJunit(report, { version, threshold: rendering.threshold });
  }
}
