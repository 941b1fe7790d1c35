import { readFileSync } from "node:fs";
import { read } from "./src/core/read.ts";
import { fixAll } from "./src/core/fixes.ts";
import { context, onFault } from "./test/core/checking.ts";
const f=process.argv[2]; const text=readFileSync(f,"utf8");
const facts = read({text, syntax: f.endsWith("yaml")?"yaml":"json", name:f});
const r:any = fixAll(facts as any, context, onFault);
console.log(r.text ?? Object.keys(r));
