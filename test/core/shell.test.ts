import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { commandOf, isUnquotable, type Shell, shellWord, terminalOf } from "../../src/core/shell.ts";
import { holds } from "../randomly.ts";

/** What some shell reads more into than a character. */
const odd = [..."'\"\\`$%!^&|<>(){}[]*?~#;,=@:/.-+ \t", ..."‘’‚‛“”„", ..."azAZ09_", "日", "é", "\u00a0", "’s "];
const texts = fc.array(fc.constantFrom(...odd), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
const visible = texts.filter((text) => !text.includes("\t"));

describe("a word is what it says", () => {
  for (const [name, shell] of [
    ["sh", "sh"],
    ["bash", "sh"],
    ["zsh", "sh"],
    ["fish", "fish"],
  ] as const) {
    const isHere = spawnSync(name, ["-c", "exit 0"]).status === 0;
    test(`in ${name} itself`, { skip: isHere ? false : `${name} is not here` }, () => {
      const words = fc.sample(visible, { seed: 7, numRuns: 400 });
      const line = `printf '%s\\n' ${words.map((word) => shellWord(word, shell) ?? assert.fail(word)).join(" ")}`;
      assert.deepEqual(execFileSync(name, ["-c", line], { encoding: "utf8" }).split("\n"), [...words, ""]);
    });
  }

  const models: Readonly<Record<Shell, (line: string) => readonly string[]>> = {
    sh: wordsOfSh,
    "git-bash": wordsOfSh,
    fish: wordsOfFish,
    powershell: (line) => wordsOfWindows(legacyLine(wordsOfPowerShell(line))),
    cmd: (line) => wordsOfWindows(throughCmd(line)),
  };
  /** What each may refuse: else nothing would have to be quoted. */
  const refused: Readonly<Record<Shell, RegExp>> = {
    sh: /\t/,
    "git-bash": /\t/,
    fish: /\t/,
    powershell: /[\t"]|\\$/,
    cmd: /[\t"%!]|\\$/,
  };
  for (const [shell, words] of Object.entries(models) as [Shell, (line: string) => readonly string[]][])
    test(`by the grammar of ${shell}, or it is refused`, () => {
      holds(
        fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (texts) => {
          const written = texts.map((text) => shellWord(text, shell));
          for (const [index, text] of texts.entries())
            assert.equal(written[index] === undefined, refused[shell].test(text), text);
          if (written.includes(undefined)) return;
          assert.deepEqual(words(written.join(" ")), texts);
        }),
        2_000,
      );
    });

  test("what cannot be seen, turns the line or is the terminal's is given to none", () => {
    for (const text of ["", "a\nb", "a\rb", "a\u001b[2J", "a\u202eb", "a\u2066b", "a\u200bb", "a\u2028b", "a\ud800"])
      for (const shell of ["sh", "git-bash", "fish", "powershell", "cmd"] as const)
        assert.equal(shellWord(text, shell), undefined, JSON.stringify(text));
  });

  test("a command with such a word is none, and names it", () => {
    const terminal = terminalOf("cmd.exe", true);
    const command = commandOf(["aws", "--profile", "100%"], terminal);
    assert.ok(isUnquotable(command));
    assert.deepEqual(command, { unquotable: "100%", terminal });
  });

  test("where that is JSON, another command reads it from a file", () => {
    for (const path of ["powershell.exe", "cmd.exe"]) {
      const terminal = terminalOf(path, true);
      const command = commandOf(["aws", "--patch-operations", '[{"op":"remove"}]'], terminal);
      assert.ok(isUnquotable(command));
      assert.equal(command.fromFile?.name, "parameter.json");
      assert.match(command.fromFile.command, /^aws --patch-operations ['"]?file:\/\/parameter\.json['"]?$/);
      const two = commandOf(["aws", '["a"]', '{"b":1}'], terminal);
      assert.ok(isUnquotable(two) && two.fromFile === undefined, "one file does not hold both");
    }
  });
});

test("the shell is known by its program, and another one is the platform's, which is said", () => {
  const bash = { shell: "sh", name: "bash" };
  for (const [path, isWindows, terminal] of [
    ["/bin/bash", false, bash],
    ["/usr/bin/zsh", false, { shell: "sh", name: "zsh" }],
    ["/opt/homebrew/bin/fish", false, { shell: "fish", name: "fish" }],
    ["/usr/bin/pwsh", false, { shell: "powershell", name: "PowerShell" }],
    ["/usr/bin/nu", false, { shell: "sh", name: "sh", insteadOf: "nu" }],
    ["/bin/tcsh", false, { shell: "sh", name: "sh", insteadOf: "tcsh" }],
    ["", false, { shell: "sh", name: "sh" }],
    ["C:\\Program Files\\PowerShell\\7\\pwsh.exe", true, { shell: "powershell", name: "PowerShell" }],
    [
      "C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
      true,
      { shell: "powershell", name: "PowerShell" },
    ],
    ["C:\\WINDOWS\\System32\\cmd.exe", true, { shell: "cmd", name: "cmd" }],
    ["C:\\Program Files\\Git\\bin\\bash.exe", true, { shell: "git-bash", name: "Git Bash" }],
    ["C:\\WINDOWS\\System32\\bash.exe", true, bash],
    ["C:\\WINDOWS\\System32\\wsl.exe", true, { shell: "sh", name: "WSL" }],
    ["C:\\Python\\Scripts\\xonsh.EXE", true, { shell: "powershell", name: "PowerShell", insteadOf: "xonsh" }],
    ["", true, { shell: "powershell", name: "PowerShell" }],
  ] as const)
    assert.deepEqual(terminalOf(path, isWindows), terminal, path);
});

// --- grammars, as their manuals have them; what they do not hold is more than a word

/** POSIX, Shell Command Language, 2.2 "Quoting". */
function wordsOfSh(line: string): string[] {
  return wordsOf(line, (rest) => {
    const [all = "", quoted, escaped, bare] =
      /^(?:'([^']*)'|\\(.)|([\p{L}\p{N}_@%+=:,./-]))/u.exec(rest) ?? assert.fail(`sh: ${rest}`);
    return { taken: all.length, text: quoted ?? escaped ?? bare ?? "" };
  });
}

/** fish, "Quotes": in single quotes a backslash escapes itself and the quote alone. */
function wordsOfFish(line: string): string[] {
  return wordsOf(line, (rest) => {
    const [all = "", quoted, bare] =
      /^(?:'((?:[^'\\]|\\.)*)'|([\p{L}\p{N}_@+=:,./-]))/u.exec(rest) ?? assert.fail(`fish: ${rest}`);
    return { taken: all.length, text: quoted?.replace(/\\([\\'])/g, "$1") ?? bare ?? "" };
  });
}

/** PowerShell, about_Quoting_Rules: any of four characters is a single quote, and doubled it is itself. */
function wordsOfPowerShell(line: string): string[] {
  return wordsOf(line, (rest) => {
    const [all = "", quoted, bare] =
      /^(?:['‘’‚‛]((?:[^'‘’‚‛]|['‘’‚‛]{2})*)['‘’‚‛]|([A-Za-z0-9_+=:./-]))/u.exec(rest) ??
      assert.fail(`PowerShell: ${rest}`);
    return { taken: all.length, text: quoted?.replace(/['‘’‚‛](['‘’‚‛])/g, "$1") ?? bare ?? "" };
  });
}

function wordsOf(line: string, next: (rest: string) => { readonly taken: number; readonly text: string }): string[] {
  const words: string[] = [];
  for (let at = 0, word = ""; at < line.length; ) {
    const { taken, text } = next(line.slice(at));
    word += text;
    at += taken;
    if (at < line.length && line[at] !== " ") continue;
    words.push(word);
    word = "";
    at++;
  }
  return words;
}

/** PowerShell before 7.3: quotes stand around what holds a blank, and nothing is escaped (about_Parsing). */
function legacyLine(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ");
}

/** cmd hands on the line as it stands, where it holds nothing that it carries out. */
function throughCmd(line: string): string {
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    assert.ok(!(isQuoted ? "%!" : "%!&|<>^();,=").includes(character), `cmd: ${line}`);
  }
  assert.ok(!isQuoted, `cmd: ${line}`);
  return line;
}

/** CommandLineToArgvW: half of the backslashes before a quote, all others as they are. */
function wordsOfWindows(line: string): string[] {
  const words: string[] = [];
  let [word, isQuoted, isWord] = ["", false, false];
  for (let at = 0; at < line.length; ) {
    const [slashes = ""] = /^\\*/.exec(line.slice(at)) ?? [];
    const character = line[at + slashes.length];
    if (character === '"') {
      word += "\\".repeat(slashes.length >> 1);
      if (slashes.length % 2 === 1) word += '"';
      else isQuoted = !isQuoted;
      isWord = true;
      at += slashes.length + 1;
    } else if (slashes !== "") {
      word += slashes;
      isWord = true;
      at += slashes.length;
    } else if (!isQuoted && (character === " " || character === "\t")) {
      if (isWord) words.push(word);
      [word, isWord] = ["", false];
      at++;
    } else {
      word += character ?? "";
      isWord = true;
      at++;
    }
  }
  return isWord ? [...words, word] : words;
}
