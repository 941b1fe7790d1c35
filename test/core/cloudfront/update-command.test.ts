import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import {
  isToken,
  type LiveUpdate,
  sendCommand,
  terminalFor,
  updateCommands,
} from "../../../src/core/cloudfront/update-command.ts";
import { isUnquotable, type Shell, type Terminal } from "../../../src/core/shell.ts";

const config = { kind: "config", id: "E2QWRUHEXAMPLE", etag: "E3ABCDEF" } as const;
const update = "aws cloudfront update-distribution --id E2QWRUHEXAMPLE --if-match E3ABCDEF --distribution-config";
const shells: readonly Shell[] = ["sh", "git-bash", "fish", "powershell", "cmd"];
const terminal = (shell: Shell): Terminal => ({ shell, name: shell });

const noSh = process.platform === "win32" ? "sh is not here" : false;

test("what needs no quotes has none, in any shell", () => {
  for (const shell of shells)
    assert.equal(
      sendCommand(config, "cloudfront/distribution.json", terminal(shell)),
      `${shell === "git-bash" ? "MSYS_NO_PATHCONV=1 " : ""}${update} file://cloudfront/distribution.json`,
    );
});

test("a whole input goes as what it is", () => {
  assert.equal(
    sendCommand({ kind: "update-input" }, "in.json", terminal("sh")),
    "aws cloudfront update-distribution --cli-input-json file://in.json",
  );
  assert.equal(
    sendCommand({ kind: "create-with-tags" }, "in.json", terminal("sh")),
    "aws cloudfront create-distribution-with-tags --distribution-config-with-tags file://in.json",
  );
});

test("each shell is given the path in its own quotes, or there is no command", () => {
  const ofPath = (path: string, shell: Shell) => sendCommand(config, path, terminal(shell));
  assert.equal(ofPath("it's.json", "sh"), `${update} 'file://it'\\''s.json'`);
  assert.equal(ofPath("it's\\x.json", "fish"), `${update} 'file://it\\'s\\\\x.json'`);
  assert.equal(ofPath("$(x) ‘y‛.json", "powershell"), `${update} 'file://$(x) ‘‘y‛‛.json'`);
  assert.equal(ofPath("a & b.json", "cmd"), `${update} "file://a & b.json"`);
  for (const [path, shell] of [
    ["%USERPROFILE%.json", "cmd"],
    ['quo"te.json', "powershell"],
    ["new\nline.json", "sh"],
  ] as const)
    assert.deepEqual(ofPath(path, shell), { unquotable: `file://${path}`, terminal: terminal(shell) });
});

test("only what CloudFront gives is an id or an ETag", () => {
  for (const text of ["E2QWRUHEXAMPLE", "E1"]) assert.ok(isToken(text), text);
  for (const text of ["", "x", "E1 ", "E1\ncalc", 'x" "& calc &"', "$(id)", "E".repeat(65)])
    assert.ok(!isToken(text), text);
});

describe("the commands of a live change", () => {
  const update = { id: "EDFDVBD6EXAMPLE", etag: "E2QWRUHEXAMPLE", files: ["EDFDVBD6EXAMPLE.json"], profile: undefined };
  const wait = "cloudfront wait distribution-deployed --id EDFDVBD6EXAMPLE";
  const send =
    "aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config file://EDFDVBD6EXAMPLE.json";

  function written(update: LiveUpdate, shell: Shell): string {
    const commands = updateCommands(update, terminal(shell));
    return isUnquotable(commands) ? assert.fail(commands.unquotable) : commands;
  }

  test("send the inner config for the version it was made from, and wait only once that succeeded", () => {
    for (const shell of ["sh", "fish"] as const) assert.equal(written(update, shell), `${send} &&\naws ${wait}\n`);
    assert.equal(written(update, "cmd"), `${send} && aws ${wait}\n`);
    assert.equal(written(update, "powershell"), `${send}\nif ($LASTEXITCODE -eq 0) { aws ${wait} }\n`);
  });

  test("name the profile, and quote what a shell would take apart", () => {
    const [first, second] = written({ ...update, files: ["my config.json"], profile: "it's me" }, "sh").split("\n");
    assert.equal(
      first,
      "aws --profile 'it'\\''s me' cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config 'file://my config.json' &&",
    );
    assert.equal(second, `aws --profile 'it'\\''s me' ${wait}`);
  });

  test("are none where the AWS CLI would take a value for an option", () => {
    for (const odd of [{ profile: "--endpoint-url" }, { etag: "-x" }, { etag: "file:///etc/hosts" }, { etag: "" }])
      assert.ok(isUnquotable(updateCommands({ ...update, ...odd }, terminal("sh"))), JSON.stringify(odd));
  });

  const several = { ...update, files: ["a.json", "b.json", "c.json"] };

  /** The calls of a program that ends with 1 where its arguments are like that. */
  function callsWhere(failing: string, update: LiveUpdate): string[] {
    const aws = `aws() { printf '%s\\n' "$*" >&3; case "$*" in ${failing}) return 1;; *update-distribution*) printf 'E%s\\n' "$(printf %s "$*" | cksum | cut -c1-3)";; esac; }`;
    return execFileSync("sh", ["-c", `exec 3>&1 >/dev/null; ${aws}\n${written(update, "sh")}true\n`], {
      encoding: "utf8",
    })
      .trimEnd()
      .split("\n");
  }

  test("run the wait of one file only where it was sent", { skip: noSh }, () => {
    assert.equal(callsWhere("nothing", update).length, 2);
    assert.equal(callsWhere("*update-distribution*", update).length, 1);
  });

  test("go one after another, each for the version that the one before left, and whatever fails is the last", {
    skip: noSh,
  }, () => {
    const lines = callsWhere("nothing", several);
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
    assert.equal(callsWhere("*b.json*", several).length, 3);
    assert.equal(callsWhere("*wait*", several).length, 2);
  });

  test("in PowerShell and fish, too", () => {
    const two = { ...several, files: ["a.json", "b.json"] };
    const send = "aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match";
    const kept = "--query ETag --output text";
    assert.deepEqual(written(two, "powershell").trimEnd().split("\n"), [
      `$etag = ${send} E2QWRUHEXAMPLE --distribution-config file://a.json ${kept}`,
      `if ($LASTEXITCODE -eq 0) { aws ${wait} }`,
      `if ($LASTEXITCODE -eq 0) { $etag = ${send} $etag --distribution-config file://b.json ${kept} }`,
      `if ($LASTEXITCODE -eq 0) { aws ${wait} }`,
    ]);
    assert.deepEqual(written(two, "fish").trimEnd().split(" &&\n"), [
      `set etag (${send} E2QWRUHEXAMPLE --distribution-config file://a.json ${kept})`,
      `aws ${wait}`,
      `set etag (${send} "$etag" --distribution-config file://b.json ${kept})`,
      `aws ${wait}`,
    ]);
  });

  test("of several files are for PowerShell where cmd is set, which cannot hand on a version", () => {
    assert.deepEqual(terminalFor(2, terminal("cmd")), { shell: "powershell", name: "PowerShell", insteadOf: "cmd" });
    assert.deepEqual(terminalFor(1, terminal("cmd")), terminal("cmd"));
    assert.deepEqual(terminalFor(2, terminal("fish")), terminal("fish"));
  });
});
