// Moving and cutting blocks: the blocks keep their bytes, and all text that is not theirs stays.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { arrangeBlocks, cutBlock } from "../../../src/core/pem/arrange.ts";
import { readPem, writePem } from "../../../src/core/pem/blocks.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { holds } from "../../randomly.ts";

const blocks = Array.from({ length: 5 }, (_, index) =>
  writePem("CERTIFICATE", Uint8Array.from([0x30, 0x40, ...Array.from({ length: 64 }, () => index)])).trimEnd(),
);
const [a = "", b = "", c = ""] = blocks;

/** Of a copy of the first, or of the second. */
function cut(text: string, index: number): string {
  return applyEdits(text, [cutBlock(readPem(text), index, index === 0 ? 1 : 0)]);
}

function arrange(text: string, order: readonly number[]): string {
  return applyEdits(text, arrangeBlocks(readPem(text), order));
}

describe("cutting a block", () => {
  test("takes the comment lines directly above it where they are those of the other, and its line end", () => {
    assert.equal(cut(`# head\n\n# a\n${a}\n# a\n${b}\n# c\n${c}\n`, 1), `# head\n\n# a\n${a}\n# c\n${c}\n`);
    assert.equal(cut(`${a}\nsubject=CN = b\nissuer=CN = c\n${b}\n${c}\n`, 1), `${a}\n${c}\n`);
  });

  test("leaves what somebody wrote above it, which may be about what follows as well", () => {
    assert.equal(
      cut(`# a\n${a}\n\n# Partner CAs, ticket 123\n${b}\n${c}\n`, 1),
      `# a\n${a}\n\n# Partner CAs, ticket 123\n${c}\n`,
    );
    assert.equal(
      cut(`${a}\nsubject to review\nserial killers list\n${b}\n${c}\n`, 1),
      `${a}\nsubject to review\nserial killers list\n${c}\n`,
    );
  });

  test("leaves a marker, what stands above it, and what is further away", () => {
    assert.equal(
      cut(`# left\n# mtls: target=origin\nsubject=gone\n${a}\n${b}\n`, 0),
      `# left\n# mtls: target=origin\n${b}\n`,
    );
    assert.equal(cut(`${a}\n# left\n\nsubject=gone\n${b}\n`, 1), `${a}\n# left\n`);
  });

  test("leaves the blank lines of one side", () => {
    assert.equal(cut(`${a}\n\n${b}\n\n${c}\n`, 1), `${a}\n\n${c}\n`);
    assert.equal(cut(`${a}\n\n${b}\n${c}\n`, 1), `${a}\n\n${c}\n`);
    assert.equal(cut(`${a}\n\n\n${b}\n`, 1), `${a}\n`);
  });

  test("glues nothing to the block before", () => {
    assert.equal(cut(`${a}${b}\n${c}\n`, 1), `${a}\n${c}\n`);
    assert.equal(cut(`${a}${b}${c}\n`, 1), `${a}${c}\n`);
    assert.equal(cut(`${a}\n${b}`, 1), `${a}\n`);
    assert.equal(cut(`${a} note\nissuer=gone\n${b}\n`, 1), `${a} note\n`);
  });

  test("keeps a byte order mark", () => {
    assert.equal(cut(`\ufeffsubject=a\n${a}\n${b}\n`, 0), `\ufeff${b}\n`);
  });
});

describe("arranging blocks", () => {
  test("leaves a comment at the top, where no other block has one", () => {
    assert.equal(
      arrange(`# Client chain, owner: team x\n${b}\n${a}\n`, [1, 0]),
      `# Client chain, owner: team x\n${a}\n${b}\n`,
    );
    assert.equal(arrange(`# b\n${b}\n# a\n${a}\n`, [1, 0]), `# a\n${a}\n# b\n${b}\n`);
  });

  test("moves each with the comment lines directly above it; blank lines and markers stay", () => {
    const text = `# mtls: target=origin\n# a\n${a}\n\n# of b\n# too\n${b}\n\n\n${c}\n`;
    assert.equal(arrange(text, [2, 0, 1]), `# mtls: target=origin\n${c}\n\n# a\n${a}\n\n\n# of b\n# too\n${b}\n`);
  });

  test("moves only those that it is asked to", () => {
    assert.equal(arrange(`${a}\n${b}\n${c}\n`, [2, 0]), `${c}\n${b}\n${a}\n`);
  });

  test("has lines of their own for glued blocks, in the line ends of the text", () => {
    const windows = (text: string) => text.replaceAll("\n", "\r\n");
    assert.equal(arrange(windows(`${a}\n# b\n${b}${c}`), [1, 2, 0]), windows(`# b\n${b}\n${c}\n${a}`));
  });

  test("gives the last place no line end that it did not have", () => {
    assert.equal(arrange(`${a}\n${b}`, [1, 0]), `${b}\n${a}`);
  });
});

// --- whatever stands around the blocks

const lineEnd = fc.constantFrom("\n", "\r\n");
const around = fc.array(
  fc.constantFrom("", "# a comment", "# another", "subject=CN = x", "# mtls: target=origin", "   "),
  { maxLength: 4 },
);

const documents = fc
  .record({
    eol: lineEnd,
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2 }),
    above: fc.array(around, { minLength: 5, maxLength: 5 }),
    glued: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    behind: around,
    isEnded: fc.boolean(),
    hasMark: fc.boolean(),
  })
  .map(({ eol, order, above, glued, behind, isEnded, hasMark }) => {
    const parts = order.map((block, place) => {
      const isGlued = place > 0 && glued[place] === true;
      const lines = isGlued ? "" : (above[place] ?? []).map((line) => line + eol).join("");
      return `${place === 0 ? "" : isGlued ? "" : eol}${lines}${(blocks[block] ?? "").replaceAll("\n", eol)}`;
    });
    return `${hasMark ? "\ufeff" : ""}${parts.join("")}${isEnded ? eol : ""}${isEnded ? behind.map((line) => line + eol).join("") : ""}`;
  });

function bodiesOf(text: string): string[] {
  return readPem(text).chunks.flatMap(({ block }) =>
    block?.bytes === undefined ? [] : [Buffer.from(block.bytes).toString("hex")],
  );
}

/** Every line that says something and is no part of a block. */
function othersOf(text: string): string[] {
  return text
    .replaceAll(/-----BEGIN[^]*?-----END CERTIFICATE-----/g, "\n")
    .split(/[\r\n\ufeff]+/)
    .filter((line) => line.trim() !== "")
    .sort();
}

test("any order: the blocks stand in it, every other line is still there, and once is enough", () => {
  holds(
    fc.property(documents, fc.infiniteStream(fc.nat()), (text, numbers) => {
      const pem = readPem(text);
      const order = pem.chunks
        .flatMap(({ block }, index) => (block === undefined ? [] : [{ index, rank: numbers.next().value }]))
        .sort((x, y) => x.rank - y.rank)
        .map(({ index }) => index);
      const bodies = bodiesOf(text);
      const arranged = arrange(text, order);
      assert.deepEqual(
        bodiesOf(arranged),
        order.map((index) => bodies[index]),
      );
      assert.deepEqual(othersOf(arranged), othersOf(text));
      assert.deepEqual(
        arrangeBlocks(
          readPem(arranged),
          order.toSorted((x, y) => x - y),
        ),
        [],
      );
      assert.ok(arranged.includes("\r") === text.includes("\r"));
    }),
  );
});

test("any cut: the others keep their bytes, and of all other lines only those directly above go", () => {
  holds(
    fc.property(documents, fc.nat(), (text, number) => {
      const pem = readPem(text);
      const places = pem.chunks.flatMap(({ block }, index) => (block === undefined ? [] : [index]));
      const index = places[number % places.length] ?? 0;
      const edit = cutBlock(pem, index, places[0] ?? 0);
      const rest = applyEdits(text, [edit]);
      assert.deepEqual(bodiesOf(rest), bodiesOf(text).toSpliced(index, 1));
      const gone = othersOf(text.slice(edit.span.start, edit.span.end));
      assert.deepEqual([...othersOf(rest), ...gone].sort(), othersOf(text));
      assert.ok(!gone.some((line) => line.includes("mtls:")));
    }),
  );
});
