// Several questions, one after the other, with a way back.

/** Answers a question: the one before it is to be asked again. */
export const back: unique symbol = Symbol("back");
export type Back = typeof back;

/** Where a question stands among those that are asked. */
export interface Place {
  /** From 1. */
  readonly step: number;
  /** As far as it is known by then. */
  readonly of: number;
  readonly canGoBack: boolean;
}

/** Of a question that is asked by itself. */
export const onlyPlace: Place = { step: 1, of: 1, canGoBack: false };

export interface Question<Answers> {
  /** With what is answered by then. What is not asked answers by itself, and is no step. */
  isAsked(answers: Answers): boolean;
  /**
   * @param answers those so far; its own is among them where it was answered before, to be there again
   * @returns all of them, with its own; `undefined`: the user left
   */
  ask(answers: Answers, place: Place): Promise<Answers | Back | undefined>;
}

/**
 * Asks one after the other, and on *Back* the one before that was really asked.
 * @param before how many questions were asked already; there is a way back to them
 */
export async function askInTurn<Answers>(
  questions: readonly Question<Answers>[],
  known: Answers,
  before = 0,
): Promise<Answers | Back | undefined> {
  let answers = known;
  for (let at = 0; ; ) {
    const question = questions[at];
    if (question === undefined) return answers;
    const asked = questions.map((one) => one.isAsked(answers));
    const earlier = before + count(asked.slice(0, at));
    const given = await question.ask(answers, {
      step: earlier + 1,
      of: before + count(asked),
      canGoBack: earlier > 0,
    });
    if (given === undefined) return undefined;
    if (given !== back) {
      answers = given;
      at += 1;
    } else if (earlier === before) return back;
    else at = asked.lastIndexOf(true, at - 1);
  }
}

function count(asked: readonly boolean[]): number {
  return asked.filter((one) => one).length;
}
