// npm run generate: writes what is derived from the rules: the catalogue, package.json's settings and their
//   descriptions, the README's tables, the examples of `mtls-check explain`.
// npm run new-rule subject/name: makes the file of a rule, and a bad and a good document for it, and lists the rule
//   wherever rules are listed. What is left to write, the tests say.
// npm run goldens -- RULE: writes what is found in the bad documents of a rule, and their texts after its first fix,
//   beside them, and prints what changed: read it. RULE is an id (origin/mtls-host), a folder of rules (origin), or
//   --all.
import { advice, explain } from "../launcher/advice.ts";

async function run([command, ...args]: readonly string[]): Promise<void> {
  switch (command) {
    case "generate": {
      const { generate } = await import("./derived.ts");
      const written = await generate();
      console.log(written.length === 0 ? "All is as the rules say." : `Written: ${written.join(", ")}`);
      return;
    }
    case "new-rule": {
      const { makeRule, newRuleFrom } = await import("./new-rule.ts");
      console.log(await makeRule(newRuleFrom(args)));
      return;
    }
    case "goldens": {
      const { chosen, writeGoldens } = await import("./goldens.ts");
      const { unbroken, told } = writeGoldens(chosen(args));
      console.log(told);
      if (unbroken > 0) process.exitCode = 1;
      return;
    }
    default:
      throw advice("This is run as npm run generate, npm run new-rule or npm run goldens.");
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.log(explain(error));
  process.exitCode = 1;
}
