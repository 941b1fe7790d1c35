import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { isToken, sendCommand, updateCommands } from "../../../src/core/cloudfront/update-command.ts";

const config = { kind: "config", id: "E2QWRUHEXAMPLE", etag: "E3ABCDEF" } as const;
const update = "aws cloudfront update-distribution --id E2QWRUHEXAMPLE --if-match E3ABCDEF --distribution-config";

test("what needs no quotes has none, in either shell", () => {
  for (const shell of ["posix", "windows"] as const)
    assert.equal(
      sendCommand(config, "cloudfront/distribution.json", shell),
      `${update} file://cloudfront/distribution.json`,
    );
});

test("a whole input goes as what it is", () => {
  assert.equal(
    sendCommand({ kind: "update-input" }, "in.json", "posix"),
    "aws cloudfront update-distribution --cli-input-json file://in.json",
  );
  assert.equal(
    sendCommand({ kind: "create-with-tags" }, "in.json", "posix"),
    "aws cloudfront create-distribution-with-tags --distribution-config-with-tags file://in.json",
  );
});

test("a shell takes the path as it is, whatever it holds", {
  skip: process.platform === "win32" ? "sh is not here" : false,
}, () => {
  for (const odd of [
    "my file.json",
    "it's.json",
    "$(touch x).json",
    "`id`.json",
    "a;b&c|d.json",
    'quo"te.json',
    "new\nline.json",
    "*?[a].json",
    "日本.json",
    "%PATH%.json",
  ]) {
    const words = execFileSync("sh", ["-c", `printf '%s\\0' ${sendCommand(config, odd, "posix")}`], {
      encoding: "utf8",
    }).split("\0");
    assert.deepEqual(words, [...update.split(" "), `file://${odd}`, ""]);
  }
});

test("in PowerShell blanks are quoted, and nothing is expanded", () => {
  assert.match(sendCommand(config, "my file.json", "windows"), /"file:\/\/my file\.json"$/);
  assert.match(sendCommand(config, "$(x) 'y'.json", "windows"), /'file:\/\/\$\(x\) ''y''\.json'$/);
  assert.match(sendCommand(config, "%USERPROFILE%.json", "windows"), /'file:\/\/%USERPROFILE%\.json'$/);
});

test("only what CloudFront gives is an id or an ETag", () => {
  for (const text of ["E2QWRUHEXAMPLE", "E1"]) assert.ok(isToken(text), text);
  for (const text of ["", "x", "E1 ", "E1\ncalc", 'x" "& calc &"', "$(id)", "E".repeat(65)])
    assert.ok(!isToken(text), text);
});

describe("the commands of a live change", () => {
  const update = { id: "EDFDVBD6EXAMPLE", etag: "E2QWRUHEXAMPLE", files: ["EDFDVBD6EXAMPLE.json"], profile: undefined };
  const wait = "cloudfront wait distribution-deployed --id EDFDVBD6EXAMPLE";

  test("send the inner config for the version it was made from, and wait", () => {
    assert.equal(
      updateCommands(update, "posix"),
      `aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config file://EDFDVBD6EXAMPLE.json\naws ${wait}\n`,
    );
  });

  test("name the profile, and quote what a shell would take apart", () => {
    const [first, second] = updateCommands({ ...update, files: ["my config.json"], profile: "it's me" }, "posix").split(
      "\n",
    );
    assert.equal(
      first,
      "aws --profile 'it'\\''s me' cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config 'file://my config.json'",
    );
    assert.equal(second, `aws --profile 'it'\\''s me' ${wait}`);
  });

  const several = { ...update, files: ["a.json", "b.json", "c.json"] };

  test("go one after another, each for the version that the one before left, and whatever fails is the last", {
    skip: process.platform === "win32" ? "sh is not here" : false,
  }, () => {
    const run = (failing: string): string[] => {
      const aws = `aws() { printf '%s\\n' "$*" >&3; case "$*" in ${failing}) return 1;; *update-distribution*) printf 'E%s\\n' "$(printf %s "$*" | cksum | cut -c1-3)";; esac; }`;
      return execFileSync("sh", ["-c", `exec 3>&1 >/dev/null; ${aws}\n${updateCommands(several, "posix")}true\n`], {
        encoding: "utf8",
      })
        .trimEnd()
        .split("\n");
    };
    const lines = run("nothing");
    assert.equal(lines.length, 6);
    assert.match(
      lines[0] ?? "",
      /--if-match E2QWRUHEXAMPLE --distribution-config file:\/\/a\.json --query ETag --output text$/,
    );
    assert.deepEqual([lines[1], lines[3], lines[5]], [wait, wait, wait]);
    const [second, third] = [lines[2], lines[4]].map(
      (line) => /--if-match (E\d+) --distribution-config file:\/\/[bc]\.json/.exec(line ?? "")?.[1],
    );
    assert.ok(second !== undefined && third !== undefined && second !== third, lines.join("\n"));
    assert.equal(run("*b.json*").length, 3);
    assert.equal(run("*wait*").length, 2);
  });

  test("in PowerShell, too", () => {
    const send = "aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match";
    assert.deepEqual(
      updateCommands({ ...several, files: ["a.json", "b.json"] }, "windows")
        .trimEnd()
        .split("\n"),
      [
        `$etag = ${send} E2QWRUHEXAMPLE --distribution-config file://a.json --query ETag --output text`,
        `if ($LASTEXITCODE -eq 0) { aws ${wait} }`,
        `if ($LASTEXITCODE -eq 0) { $etag = ${send} $etag --distribution-config file://b.json --query ETag --output text }`,
        `if ($LASTEXITCODE -eq 0) { aws ${wait} }`,
      ],
    );
  });
});
