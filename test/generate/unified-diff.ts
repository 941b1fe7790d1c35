import { diff } from "node:util";

type Step = readonly [operation: number, line: string];

/** Lines around a change that are shown with it. */
const around = 3;

/**
 * What changed in a text, as `diff -u` tells it; nothing where nothing did.
 * @param before undefined where there was no such file; `after`, where there is none any more
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return "";
  const steps = stepsBetween(linesOf(before ?? ""), linesOf(after ?? ""));
  const head = `--- ${before === undefined ? "/dev/null" : path}\n+++ ${after === undefined ? "/dev/null" : path}\n`;
  return head + hunksOf(steps).map(describeHunk).join("");
}

/** Each with its end, so that an end that changes is seen. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  // Node's order is that of an assertion: 1 is what only the first has, -1 what only the second has.
  const steps: readonly Step[] = diff([...after], [...before]);
  // What goes is told before what comes in its place.
  const ordered: Step[] = [];
  const coming: Step[] = [];
  for (const step of steps) {
    if (step[0] === 1) coming.push(step);
    else {
      if (step[0] === 0) ordered.push(...coming.splice(0));
      ordered.push(step);
    }
  }
  return [...ordered, ...coming];
}

interface Hunk {
  /** Lines before it in either text. */
  readonly before: number;
  readonly after: number;
  readonly steps: readonly Step[];
}

/** Changes with what stands around them; those are told together whose surroundings touch. */
function hunksOf(steps: readonly Step[]): readonly Hunk[] {
  const changed = steps.flatMap(([operation], index) => (operation === 0 ? [] : [index]));
  const spans: { start: number; end: number }[] = [];
  for (const index of changed) {
    const last = spans.at(-1);
    const [start, end] = [Math.max(0, index - around), Math.min(steps.length, index + around + 1)];
    if (last !== undefined && start <= last.end) last.end = end;
    else spans.push({ start, end });
  }
  return spans.map(({ start, end }) => ({
    before: lengthIn(steps.slice(0, start), 1),
    after: lengthIn(steps.slice(0, start), -1),
    steps: steps.slice(start, end),
  }));
}

/** How many lines a text has of these, which is the one that lacks what only the other has. */
function lengthIn(steps: readonly Step[], lacking: number): number {
  return steps.filter(([operation]) => operation !== lacking).length;
}

function describeHunk({ before, after, steps }: Hunk): string {
  const range = (skipped: number, length: number) =>
    `${length === 0 ? skipped : skipped + 1}${length === 1 ? "" : `,${length}`}`;
  const lines = steps.map(([operation, line]) => {
    const sign = operation === 0 ? " " : operation === 1 ? "+" : "-";
    return sign + (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`);
  });
  const place = `@@ -${range(before, lengthIn(steps, 1))} +${range(after, lengthIn(steps, -1))} @@`;
  return `${place}\n${lines.join("")}`;
}
