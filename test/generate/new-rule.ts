import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { advice } from "../launcher/advice.ts";
import { projectFolder } from "../launcher/places.ts";
import { format, generate } from "./derived.ts";
import { camelCase, readRules } from "./rules.ts";
import { folders } from "./subjects.ts";
import { ruleText } from "./template.ts";

/** No constant can be called so. */
const reserved =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

export interface NewRule {
  readonly id: string;
  /** The name of the constant. */
  readonly name: string;
  readonly subject: string;
  /** What its documents begin as, below `test/rules`. */
  readonly document: string;
}

/** What was asked for; throws where there can be no such rule. */
export function newRuleFrom(args: readonly string[]): NewRule {
  const [id = "", another] = args;
  const [folder = "", name = "", rest] = id.split("/");
  if (another !== undefined || folder === "" || name === "" || rest !== undefined)
    throw advice("Say which: npm run new-rule subject/name, such as origin/mtls-host.");
  const begin = new Map(Object.entries(folders)).get(folder);
  if (begin === undefined)
    throw advice(
      `There are no rules about ${folder}, but about ${Object.keys(folders).join(", ")}: test/generate/subjects.ts lists them.`,
    );
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw advice(`The name ${name} is not in kebab-case: small letters and digits, words joined by hyphens.`);
  if (reserved.test(camelCase(name))) throw advice(`${name} is a word of TypeScript: add another word to it.`);
  const taken = [ruleFile(id), documentsFolder(id)].filter((path) => existsSync(join(projectFolder, path)));
  if (taken.length > 0) throw advice(`The rule ${id} is there already: ${taken.join(", ")}.`);
  return { id, name: camelCase(name), ...begin };
}

/**
 * Writes the files of a rule, and what is derived from them.
 * @returns what is to be done now
 */
export async function makeRule({ id, name, subject, document }: NewRule): Promise<string> {
  // Where rules cannot be read, none can be listed: then nothing is written at all.
  await readRules();
  const text = readFileSync(join(projectFolder, "test/rules", document), "utf8");
  const files = new Map([
    [ruleFile(id), format(ruleText(id, name, subject), ruleFile(id))],
    [`${documentsFolder(id)}/bad-simple${extname(document)}`, text],
    [`${documentsFolder(id)}/good-simple${extname(document)}`, text],
  ]);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(projectFolder, path)), { recursive: true });
    writeFileSync(join(projectFolder, path), content);
  }
  const derived = await generate();
  return [
    "These are yours to write:",
    ...[...files.keys()].map((path) => `  ${path}`),
    "Then:",
    `  npm run goldens -- ${id}  writes what the rule finds in the bad document; read it`,
    `  npm run generate  writes what is derived: ${derived.join(", ")}`,
    "  npm test  says what is left; node --test test/architecture.test.ts test/rules/rules.test.ts soonest",
  ].join("\n");
}

function ruleFile(id: string): string {
  return `src/core/rules/${id}.ts`;
}

function documentsFolder(id: string): string {
  return `test/rules/${id}`;
}
