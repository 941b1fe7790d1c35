// npm run goldens -- RULE: writes what is found in the bad documents of a rule, and their texts after its first fix,
//   beside them, and prints what changed: read it. RULE is an id (origin/mtls-host), a folder of rules (origin), or
//   --all.
import { advice, explain } from "../launcher/advice.ts";

async function run([command, ...args]: readonly string[]): Promise<void> {
  switch (command) {
    case "goldens": {
      const { chosen, writeGoldens } = await import("./goldens.ts");
      const { unbroken, told } = writeGoldens(chosen(args));
      console.log(told);
      if (unbroken > 0) process.exitCode = 1;
      return;
    }
    default:
      throw advice("This is run as npm run goldens.");
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.log(explain(error));
  process.exitCode = 1;
}
