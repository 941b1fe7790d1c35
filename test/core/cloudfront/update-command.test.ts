import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { updateCommand } from "../../../src/core/cloudfront/update-command.ts";

const plain = { id: "E2QWRUHEXAMPLE", etag: "E3ABCDEF", file: "cloudfront/distribution.json" };

test("what needs no quotes has none, in either shell", () => {
  const expected = "aws cloudfront update-distribution --id E2QWRUHEXAMPLE --if-match E3ABCDEF --distribution-config file://cloudfront/distribution.json";
  assert.equal(updateCommand(plain, "posix"), expected);
  assert.equal(updateCommand(plain, "windows"), expected);
});

test("a shell takes every word as it is, whatever a file or an ETag holds", { skip: process.platform === "win32" ? "sh is not here" : false }, () => {
  for (const odd of ["my file.json", "it's.json", "$(touch x).json", "`id`.json", "a;b&c|d.json", 'quo"te.json', "new\nline.json", "*?[a].json", "日本.json"]) {
    const command = updateCommand({ id: odd, etag: odd, file: odd }, "posix");
    const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" }).split("\0");
    assert.deepEqual(words, ["aws", "cloudfront", "update-distribution", "--id", odd, "--if-match", odd, "--distribution-config", `file://${odd}`, ""]);
  }
});

test("in PowerShell blanks are quoted, and nothing is expanded", () => {
  assert.match(updateCommand({ ...plain, file: "my file.json" }, "windows"), /"file:\/\/my file\.json"$/);
  assert.match(updateCommand({ ...plain, file: "$(x) 'y'.json" }, "windows"), /'file:\/\/\$\(x\) ''y''\.json'$/);
});
