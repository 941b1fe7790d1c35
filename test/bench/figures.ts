// What the parts of the bench tell of themselves, line by line, so that another checkout's bench can hold its own
// against it.
// A checkout that has this file can be compared with: see main.ts.
import { parseArgs } from "node:util";

/** One thing that was measured. Smaller is better. */
export interface Figure {
  /** Stable over commits: figures of two checkouts are matched by it. */
  readonly id: string;
  /** For people. May name sizes and counts, which change. */
  readonly text: string;
  readonly value: number;
  /** The same in every round, like a size: the slightest difference is one. */
  readonly exact?: true;
  /** Held against what this project itself does, which changes too: shown, and not judged. */
  readonly shownOnly?: true;
}

/** How a part is asked. */
export interface Asked {
  /** For lines instead of a table. */
  readonly json: boolean;
  /** For less, because it is asked several times. */
  readonly brief: boolean;
  /** For these only; a part may tell the others as well. */
  readonly ids: readonly string[] | undefined;
}

export function asked(): Asked {
  const {
    json = false,
    brief = false,
    ids,
  } = parseArgs({ options: { json: { type: "boolean" }, brief: { type: "boolean" }, ids: { type: "string" } } }).values;
  return { json, brief, ids: ids?.split(",") };
}

export function tell(figures: readonly Figure[]): void {
  for (const figure of figures) console.log(JSON.stringify(figure));
}

/** Whatever else a part prints is none. */
export function figuresIn(output: string): readonly Figure[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    try {
      const figure: unknown = JSON.parse(line);
      return isFigure(figure) ? [figure] : [];
    } catch {
      return [];
    }
  });
}

function isFigure(value: unknown): value is Figure {
  if (typeof value !== "object" || value === null) return false;
  const { id, text, value: measured } = value as Record<string, unknown>;
  return typeof id === "string" && typeof text === "string" && typeof measured === "number";
}
