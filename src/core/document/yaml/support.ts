// What is needed for documents in YAML, by itself: it has a library of its own, which other documents do not load.
import { bringSupport } from "../syntaxes.ts";
import { cursorAt } from "./cursor.ts";
import { editYaml, parseYamlInSteps } from "./read.ts";
import { renderYamlChanges } from "./write.ts";

bringSupport("yaml", { read: parseYamlInSteps, edit: editYaml, write: renderYamlChanges, cursorAt });
