import { ruleLists } from "./subjects.ts";

/** How a finding tells what a suppression of it names, where that is more than its place. */
const mentions: ReadonlyMap<string, Mention> = new Map([
  ["Origin", { found: 'Finding["at"]', said: "at: found, origin: subject.id", imports: [] }],
  [
    "Bundle",
    {
      found: "number",
      said: "...aboutPiece(subject, found)",
      imports: ['import { aboutPiece } from "../../x509/bundle/places.ts";'],
    },
  ],
]);

interface Mention {
  /** The type of what is found wrong in a subject. */
  readonly found: string;
  /** What a finding says of that, and of its subject. */
  readonly said: string;
  readonly imports: readonly string[];
}

/** The file of a new rule, not yet formatted. What a person must write in it is an empty text, which a test names. */
export function ruleText(id: string, name: string, subject: string): string {
  const from = ruleLists.find((list) => list.subject === subject)?.from ?? "";
  const isBesideRule = from === "./rule.ts";
  const mention = mentions.get(subject);
  const { found, said, imports } = mention ?? { found: 'Finding["at"]', said: "at: found", imports: [] };
  const types = [...(isBesideRule ? [subject] : []), ...(found.startsWith("Finding") ? ["Finding"] : []), "Rule"];
  const breaches = found === "number" ? "The indexes of the blocks" : "The places";
  const lines = [
    'import * as l10n from "@vscode/l10n";',
    ...(isBesideRule ? [] : [`import type { ${subject} } from "../${from}";`]),
    ...imports,
    'import type { Says } from "../../reason.ts";',
    `import type { ${types.join(", ")} } from "../rule.ts";`,
  ];
  return `${lines.join("\n")}

const says = {
  // What is the matter, then what to do, in whole sentences; what belongs in them comes as an argument.
  breach: () => l10n.t(""),
} satisfies Says;

export const ${name}: Rule<${subject}, typeof says> = {
  id: "${id}",
  // error: AWS, or the standard cited, refuses it or it cannot work. warning: works today, should not be relied on.
  // info: worth knowing.
  severity: "warning",
  // What must hold, in one sentence.
  requires: l10n.t(""),
  // The page that says so: one of sources.ts, or its title and address.
  source: { title: "", url: "" },
  says,
  *check(subject) {
    for (const found of breachesIn(subject)) yield { ${said}, reason: { code: "breach" } };
  },
};

/** ${breaches} that break it. What is unknown or half typed does not. */
function breachesIn(_: ${subject}): readonly ${found}[] {
  return [];
}
`;
}
