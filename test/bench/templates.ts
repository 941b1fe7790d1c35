import { parseDocument } from "yaml";
import { parseYaml } from "../../src/core/document/yaml/read.ts";
import type { Facts } from "../../src/core/facts.ts";
import { type GivenText, read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import { holdsResource } from "../../src/core/telling.ts";
import { context, onFault } from "../core/checking.ts";
import { compare, type Ratio, timeAlone, timeWarm } from "./measure.ts";
import { otherYamlOfSize, templateOfSize } from "./template.ts";

function readAndCheck(source: GivenText): number {
  return check(read(source), context, onFault).length;
}

/** Types a character behind a text that is found once, and takes it back the next time. */
function typing(source: GivenText, behind: string): () => number {
  const at = source.text.indexOf(behind) + behind.length;
  let facts: Facts = read(source);
  check(facts, context, onFault);
  let isTyped = false;
  return () => {
    facts = reread(facts, [
      isTyped ? { span: { start: at, end: at + 1 }, text: "" } : { span: { start: at, end: at }, text: "x" },
    ]);
    isTyped = !isTyped;
    return check(facts, context, onFault).length;
  };
}

const places = [
  { id: "template-edit-origin", where: "an origin of one of 40 distributions", behind: "DomainName: !Sub origin-20-5" },
  { id: "template-edit-other", where: "a resource that is not ours", behind: "FunctionName: !Sub 'shop-100" },
  { id: "template-edit-parameter", where: "Parameters", behind: "Description: Imported into" },
];

export function templateRatios(): Ratio[] {
  const text = templateOfSize(1e6);
  const source: GivenText = { text, syntax: "yaml", name: "template.yaml" };
  const parse = () => parseDocument(text, { uniqueKeys: false });
  const [unrelated, foreign] = [otherYamlOfSize(1e6, "thing"), otherYamlOfSize(1e6, "AWS::Lambda::Function")];
  const absent = "OriginMtlsConfigX";
  return [
    compare(
      { id: "template-tree", name: "the tree of 1 MB of YAML / parseDocument of yaml", target: 1.3 },
      () => parseYaml(text),
      parse,
      7,
      timeAlone,
    ),
    compare(
      { id: "template-read", name: "read and check a template of 1 MB / parseDocument of yaml" },
      () => readAndCheck(source),
      parse,
      7,
      timeAlone,
    ),
    ...places.map(({ id, where, behind }) =>
      compare(
        {
          id,
          name: `one character in ${where} / reading and checking the template of 1 MB`,
          target: 0.03,
          against: "ourselves",
        },
        typing(source, behind),
        () => readAndCheck(source),
        7,
        timeWarm,
        timeAlone,
      ),
    ),
    compare(
      { id: "template-telling", name: "1 MB of YAML that is no template / one indexOf", target: 10 },
      () => holdsResource(unrelated),
      () => unrelated.indexOf(absent),
    ),
    // Each place is looked at: a type in every fourth line is more than any template has.
    compare(
      { id: "template-telling-within", name: "1 MB of YAML with 12,000 types that are not ours / one indexOf" },
      () => holdsResource(foreign),
      () => foreign.indexOf(absent),
    ),
  ].flat();
}
