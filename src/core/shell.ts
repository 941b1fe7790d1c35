// How programs that read command lines take a word for nothing but what it says.

/** By how they quote. `git-bash` is the sh that rewrites what looks like a path. */
export type Shell = "sh" | "git-bash" | "fish" | "powershell" | "cmd";

/** The shell that a copied command is written for. */
export interface Terminal {
  readonly shell: Shell;
  /** As people call it. */
  readonly name: string;
  /** The shell that is set, where it is none that commands can be written for. */
  readonly insteadOf?: string;
}

/** A value that a shell cannot be given safely. */
export interface Unquotable {
  readonly unquotable: string;
  readonly terminal: Terminal;
  /** Where it is JSON, which the AWS CLI reads from a file as well: the command that does so. */
  readonly fromFile?: { readonly name: string; readonly command: string };
}

/** A part of a command that the shell reads as code. */
export interface Code {
  readonly code: string;
}

const shKin = new Set(["sh", "bash", "zsh", "dash", "ash", "ksh", "mksh"]);
const powershells = new Set(["pwsh", "pwsh-preview", "powershell"]);

/** @param path of the program, as in `C:\Program Files\Git\bin\bash.exe` */
export function terminalOf(path: string, isWindows: boolean): Terminal {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).replace(/\.exe$/i, "");
  const program = name.toLowerCase();
  // Windows brings a bash, too, which runs Linux.
  if (isWindows && shKin.has(program) && !/\\system32\\/i.test(path)) return { shell: "git-bash", name: "Git Bash" };
  if (shKin.has(program)) return { shell: "sh", name: program };
  if (program === "wsl") return { shell: "sh", name: "WSL" };
  if (program === "fish") return { shell: "fish", name: "fish" };
  if (powershells.has(program)) return powershell;
  if (program === "cmd") return { shell: "cmd", name: "cmd" };
  const otherwise = isWindows ? powershell : ({ shell: "sh", name: "sh" } as const);
  return name === "" ? otherwise : { ...otherwise, insteadOf: name };
}

/** Windows has it, whatever is set. */
export const powershell: Terminal = { shell: "powershell", name: "PowerShell" };

/**
 * What is pasted may be carried out at the end of a line, some characters are commands to the terminal itself, and some
 * make a command look like another one.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * What each takes as it stands. PowerShell makes lists of commas and numbers of digits, cmd parts at commas and `=`.
 */
const plain: Readonly<Record<Shell, RegExp>> = {
  sh: /^[\w+:./-][\w+:./=,-]*$/,
  "git-bash": /^[\w+:./-][\w+:./=,-]*$/,
  fish: /^[\w+:./-][\w+:./=,-]*$/,
  powershell: /^(?:[A-Za-z_/][\w+:./-]*|--[a-z][a-z-]*)$/,
  cmd: /^[\w+:./-]+$/,
};

/** A word as the shell reads it; `undefined` for what it cannot be given safely. */
export function shellWord(text: string, shell: Shell): string | undefined {
  if (text === "" || unseen.test(text)) return undefined;
  return plain[shell].test(text) ? text : quoted(text, shell);
}

function quoted(text: string, shell: Shell): string | undefined {
  switch (shell) {
    case "sh":
    case "git-bash":
      return `'${text.replaceAll("'", "'\\''")}'`;
    case "fish":
      return `'${text.replace(/[\\']/g, "\\$&")}'`;
    case "powershell":
      // Versions differ in how they hand on a double quote, and a backslash before the quote that they put there.
      if (/"|\\$/.test(text)) return undefined;
      // It takes typographic quotes for plain ones; any of them, doubled, is itself.
      return `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
    case "cmd":
      // What it puts in place of %NAME% and, where set so, !NAME!, it puts there in quotes, too.
      if (/["%!]|\\$/.test(text)) return undefined;
      return `"${text}"`;
  }
}

/** A word that all of them read alike, for what is shown where no shell is known; `undefined` for what is none. */
export function anyShellWord(text: string): string | undefined {
  if (!/^[\p{L}\p{N}_.+@:/ -]+$/u.test(text) || text.startsWith("-")) return undefined;
  return /[ @]/.test(text) ? `"${text}"` : text;
}

/** The words of a command, each quoted where it must be. */
export function commandOf(words: readonly (string | Code)[], terminal: Terminal): string | Unquotable {
  const { shell } = terminal;
  const written: string[] = [];
  for (const word of words) {
    const one = typeof word === "string" ? shellWord(word, shell) : word.code;
    if (one === undefined) return unquotable(words, String(word), terminal);
    written.push(one);
  }
  // Or it makes paths of Windows of what is none.
  const before = shell === "git-bash" ? "MSYS_NO_PATHCONV=1 " : "";
  return before + written.join(" ");
}

function unquotable(words: readonly (string | Code)[], odd: string, terminal: Terminal): Unquotable {
  if (!/^[[{]/.test(odd)) return { unquotable: odd, terminal };
  const name = "parameter.json";
  const command = commandOf(
    words.map((word) => (word === odd ? `file://${name}` : word)),
    terminal,
  );
  return { unquotable: odd, terminal, ...(isUnquotable(command) ? {} : { fromFile: { name, command } }) };
}

export function isUnquotable(command: string | Unquotable | undefined): command is Unquotable {
  return typeof command === "object";
}

/**
 * Runs one after another, each only where the one before it succeeded. All of it is one command, however it is pasted.
 */
export function oneAfterAnother(commands: readonly string[], shell: Shell): string {
  switch (shell) {
    case "sh":
    case "git-bash":
    case "fish":
      // A line that ends so is not the end.
      return `${commands.join(" &&\n")}\n`;
    case "cmd":
      return `${commands.join(" && ")}\n`;
    case "powershell": {
      // Version 5 has no &&.
      const [first = "", ...others] = commands;
      return `${[first, ...others.map((command) => `if ($LASTEXITCODE -eq 0) { ${command} }`)].join("\n")}\n`;
    }
  }
}
