// Loaded before all else (--import, see node-tests.ts): counts how often each block of core runs, for work.ts. V8 does
// so too, but to ask it for its figures takes five milliseconds each time, which is more than what is counted.
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Expression, type Node, parse, type Statement, type SwitchCase } from "acorn";
import { full } from "acorn-walk";

/** How often the blocks of a module ran so far, by its path inside of core. */
export type Counters = ReadonlyMap<string, { count: number }>;

const counters = new Map<string, { count: number }>();
Object.assign(globalThis, { countersOfCore: counters });

const core = `${pathToFileURL(join(import.meta.dirname, "../../src/core"))}/`;

registerHooks({
  load(url, context, load) {
    if (!url.startsWith(core)) return load(url, context);
    const path = url.slice(core.length);
    counters.set(path, { count: 0 });
    const source = counting(stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8")));
    return {
      format: "module",
      source: `const __counter = globalThis.countersOfCore.get(${JSON.stringify(path)});${source}`,
      shortCircuit: true,
    };
  },
});

const once = "__counter.count++";

/** Counts what V8 does: functions, loops, and each way that a condition can go. */
function counting(source: string): string {
  const inserted: { readonly at: number; readonly text: string }[] = [];
  const around = ({ start, end }: Node, before: string, after: string): void => {
    inserted.push({ at: start, text: before }, { at: end, text: after });
  };
  const expression = (node: Node): void => around(node, `(${once},`, ")");
  const statement = (node: Node | null | undefined): void => {
    // A block is counted as such.
    if (node && node.type !== "BlockStatement") around(node, `{${once};`, "}");
  };
  full(parse(source, { ecmaVersion: "latest", sourceType: "module" }), (visited) => {
    const node = visited as Expression | Statement | SwitchCase;
    switch (node.type) {
      case "BlockStatement":
        inserted.push({ at: node.start + 1, text: `${once};` });
        break;
      case "ArrowFunctionExpression":
        if (node.expression) expression(node.body);
        break;
      case "ConditionalExpression":
        expression(node.consequent);
        expression(node.alternate);
        break;
      case "LogicalExpression":
        expression(node.right);
        break;
      case "IfStatement":
        statement(node.consequent);
        statement(node.alternate);
        break;
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        statement(node.body);
        break;
      case "SwitchCase":
        for (const first of node.consequent.slice(0, 1)) inserted.push({ at: first.start, text: `${once};` });
        break;
    }
  });
  let [text, end] = ["", 0];
  for (const { at, text: added } of inserted.sort((one, other) => one.at - other.at)) {
    text += source.slice(end, at) + added;
    end = at;
  }
  return text + source.slice(end);
}
