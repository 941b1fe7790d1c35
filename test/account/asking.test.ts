import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askInTurn, type Back, back, type Place, type Question } from "../../src/account/asking.ts";

interface Answers {
  readonly mode?: string;
  readonly store?: string;
  readonly http?: string;
}

type Name = keyof Answers;

/** Questions that are answered in turn as a test says, with what was asked. */
function asked(
  answers: readonly (string | Back | undefined)[],
  isAsked: Partial<Record<Name, (so: Answers) => boolean>> = {},
) {
  const left = [...answers];
  const log: string[] = [];
  const questions = (["mode", "store", "http"] as const).map(
    (name): Question<Answers> => ({
      isAsked: isAsked[name] ?? (() => true),
      ask: async (so, place) => {
        if (isAsked[name]?.(so) === false) return { ...so, [name]: "by itself" };
        log.push(`${name} ${told(place)}${so[name] === undefined ? "" : ` ${so[name]} chosen`}`);
        const answer = left.shift();
        return answer === undefined || answer === back ? answer : { ...so, [name]: answer };
      },
    }),
  );
  return { questions, log };
}

function told({ step, of, canGoBack }: Place): string {
  return `${step}/${of}${canGoBack ? " ‹" : ""}`;
}

describe("questions in turn", () => {
  test("each with what was answered, and a way back from all but the first", async () => {
    const { questions, log } = asked(["a", "b", "c"]);
    assert.deepEqual(await askInTurn(questions, {}), { mode: "a", store: "b", http: "c" });
    assert.deepEqual(log, ["mode 1/3", "store 2/3 ‹", "http 3/3 ‹"]);
  });

  test("back through all of them finds what was chosen, and forth again", async () => {
    const { questions, log } = asked(["a", "b", back, back, "d", "e", "f"]);
    assert.deepEqual(await askInTurn(questions, {}), { mode: "d", store: "e", http: "f" });
    assert.deepEqual(log, [
      "mode 1/3",
      "store 2/3 ‹",
      "http 3/3 ‹",
      "store 2/3 ‹ b chosen",
      "mode 1/3 a chosen",
      "store 2/3 ‹ b chosen",
      "http 3/3 ‹",
    ]);
  });

  test("what is not asked answers by itself, is no step, and is passed on the way back", async () => {
    const { questions, log } = asked(["a", back, "passthrough", "c"], { store: () => false });
    assert.deepEqual(await askInTurn(questions, {}), { mode: "passthrough", store: "by itself", http: "c" });
    assert.deepEqual(log, ["mode 1/2", "http 2/2 ‹", "mode 1/2 a chosen", "http 2/2 ‹"]);
    const first = asked(["b", "c"], { mode: () => false });
    assert.deepEqual(await askInTurn(first.questions, {}), { mode: "by itself", store: "b", http: "c" });
    assert.deepEqual(first.log, ["store 1/2", "http 2/2 ‹"], "nothing is before the first that is asked");
  });

  test("the count is of what is really asked, as far as it is known by then", async () => {
    const { questions, log } = asked(["passthrough", back, "verify", "b", "c"], {
      store: ({ mode }) => mode !== "passthrough",
    });
    await askInTurn(questions, {});
    assert.deepEqual(log, [
      "mode 1/3",
      "http 2/2 ‹",
      "mode 1/2 passthrough chosen",
      "store 2/3 ‹ by itself chosen",
      "http 3/3 ‹",
    ]);
  });

  test("left at any of them, there is no answer", async () => {
    const all: readonly (readonly (string | Back)[])[] = [[], ["a"], ["a", "b"], ["a", back]];
    for (const answers of all) assert.equal(await askInTurn(asked(answers).questions, {}), undefined);
  });

  test("behind other questions they count on, and lead back to them", async () => {
    const { questions, log } = asked(["a", back, back]);
    assert.equal(await askInTurn(questions, { store: "x" }, 2), back);
    assert.deepEqual(log, ["mode 3/5 ‹", "store 4/5 ‹ x chosen", "mode 3/5 ‹ a chosen"]);
    assert.equal(await askInTurn(asked([back], { mode: () => false }).questions, {}, 1), back);
  });
});
