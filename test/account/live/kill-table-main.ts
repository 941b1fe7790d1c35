// npm run kill-table [-- part of a row]: plays every row, and prints what came of it; the exit code is 1 where a row is
// not as it should be.
import { startAws } from "../../sandbox/aws.ts";
import { play, rows } from "./kill-table.ts";

const filter = process.argv.slice(2).join(" ");
// The SDK's pauses between tries.
Math.random = () => 0;
const aws = await startAws({ deploySeconds: 0.02 });
let [count, wrong, tellers] = [0, 0, 0];
const began = performance.now();
for (const row of rows) {
  const name = [row.phase, row.change, row.fault].join(" | ");
  if (!name.includes(filter)) continue;
  const result = await play(row, aws);
  count += 1;
  if (result.said !== "") tellers += 1;
  if (result.wrong.length > 0) wrong += 1;
  const told = result.isReached ? result.said : `(it ended before that: ${result.saidBefore}) ${result.said}`;
  console.log(
    `${result.wrong.length === 0 ? "ok   " : "WRONG"} | ${name} | ${result.account} | ${result.undo} | ${told.replaceAll("\n", " ⏎ ")}${result.wrong.map((one) => ` !! ${one}`).join("")}`,
  );
}
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(
  `${count} rows, ${tellers} of them told by a window after the one that died; wrong: ${wrong}. ${seconds} s`,
);
await aws.close();
process.exit(wrong > 0 ? 1 : 0);
