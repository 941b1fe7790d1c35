// Whatever a file holds or is called, no line that a command prints is an order to who reads it.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accept } from "../../../src/cli/commands/accept.ts";
import { explain } from "../../../src/cli/commands/explain.ts";
import { inspect } from "../../../src/cli/commands/inspect.ts";
import { merge } from "../../../src/cli/commands/merge.ts";
import { split } from "../../../src/cli/commands/split.ts";
import { authority, client, fakeKey } from "../../host/pem-files.ts";
import { fileFolder } from "./file-folder.ts";
import { type Printed, run } from "./taking-io.ts";

/** At the start of a line, or anywhere in it. */
const orders =
  /^\s*::|##\[|##[a-z]+\[|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029\u2066-\u2069]/m;

const words = [
  "::error::x",
  "##[error]x",
  "##vso[task.setvariable]x",
  "\u001b[31mx",
  "\u202ex",
  "\n::error::x",
  "\r::error::x",
];

describe("orders in what a command prints", () => {
  const folder = fileFolder("hostile");
  const assertNone = ({ stdout, stderr }: Printed) => {
    assert.doesNotMatch(stdout, orders);
    assert.doesNotMatch(stderr, orders);
  };

  for (const [index, word] of words.entries())
    test(`are none: ${JSON.stringify(word)}`, async () => {
      const { path: cwd, write } = folder;
      const root = authority(`CN=${word}`);
      const leaf = client(`CN=${word},OU=${word}`, {
        issuer: root,
        names: [word.replaceAll(/[^\0-\x7f]/g, ""), "b.example"],
      });
      const other = client(`CN=${word}`);
      const from = process.platform === "win32" ? `${index}.pem` : `${word.replaceAll("/", "")}.pem`;
      await write(
        from,
        `${word}\n${leaf.pem}${root.pem}${other.pem}-----BEGIN ${word}-----\nAAAA\n-----END ${word}-----\n`,
      );
      const splittable = `split ${from}`;
      await write(splittable, leaf.pem + root.pem);
      const parted = await run(split, [splittable], { cwd });
      assert.match(parted.stdout, / was split into /);
      assertNone(parted);
      await write("key.pem", leaf.pem + root.pem + authority(`CN=other ${word}`).pem + fakeKey);
      for (const args of [[from], ["--all", from], ["--format", "json", from], [word]])
        assertNone(await run(inspect, args, { cwd }));
      for (const args of [
        [from],
        [word],
        ["key.pem", "--out", `${index}`],
        ["key.pem", "--out", `${index}`],
        [word, word],
      ])
        assertNone(await run(split, args, { cwd }));
      for (const args of [[from, "key.pem"], [word], [from, "--out", from], [from, `--${word}`]])
        assertNone(await run(merge, args, { cwd }));
      for (const more of [[], ["--format", "json"], ["--at", word], ["--service", word], [word]])
        assertNone(await run(accept, ["--client", from, "--bundle", from, ...more], { cwd }));
      assertNone(await run(explain, [word]));
    });
});
