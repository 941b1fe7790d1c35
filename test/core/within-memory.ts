// Reads, judges and mends a large document in a process that is given only so much memory: started by memory.test.ts.
import { parseArgs } from "node:util";
import { fixAll } from "../../src/core/fixes.ts";
import { read } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import { context, onFault } from "./checking.ts";
import { type LargeName, largeDocuments } from "./large-documents.ts";

const { name = "", count = "0" } = parseArgs({
  options: { name: { type: "string" }, count: { type: "string" } },
}).values;
const { syntax, text } = largeDocuments[name as LargeName];
const facts = read({ text: text(Number(count)), syntax, name: "large" });
const problems = check(facts, context, onFault);
console.log(JSON.stringify({ problems: problems.length, applied: fixAll(facts, context, onFault).applied }));
