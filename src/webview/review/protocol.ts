// What the page of a live change and the extension say to each other. Both check what they hear: the page shows text of
// strangers, and nothing it posts is believed because of where it comes from.
import type {
  Act,
  ChangedMember,
  Changes,
  Fact,
  PageAction,
  PageActionId,
  PageLine,
  PageMessage,
  PageOwner,
  PagePlan,
  PageProblem,
  PageProblems,
  PageStep,
  Phase,
  ReviewPage,
  Tone,
} from "../../account/live/review/page.ts";
import { type Guard, isBoolean, isList, isObject, isOneOf, isOptional, isPlace, isString, isTexts } from "../guards.ts";

export type ToReview = {
  readonly kind: "show";
  readonly page: ReviewPage;
  /** The id of what is kept of it: what the page is made of again after the window was loaded anew. */
  readonly record: string | undefined;
  /** Whether the heading is to have the focus: a decision is wanted. */
  readonly isAsking: boolean;
  /** The strings of the display language by their English ones. `undefined`: English. */
  readonly bundle: Readonly<Record<string, string>> | undefined;
};

export type FromReview =
  /** The page can be shown something. */
  | { readonly kind: "ready" }
  | { readonly kind: "act"; readonly act: Act }
  /** The page that a problem's rule cites. */
  | { readonly kind: "openLink"; readonly list: "introduced" | "standing"; readonly problem: number }
  | { readonly kind: "copyTemplate" };

const isTone = isOneOf<Tone>("ok", "info", "warning", "error");
const isAction = isOneOf<PageActionId>("apply", "file", "commands", "template", "change", "diff", "discard", "stop");

const isFact = isObject<Fact>({ name: isString, value: isString });
const isLine = isObject<PageLine>({
  tone: isOptional(isTone),
  step: isOptional(isString),
  text: isString,
  detail: isOptional(isString),
});
const isChanges = isObject<Changes>({
  members: isList(
    isObject<ChangedMember>({
      path: isString,
      before: isOptional(isString),
      after: isOptional(isString),
      note: isOptional(isString),
    }),
  ),
  left: isPlace(0),
});
const isProblem = isObject<PageProblem>({
  severity: isOneOf("error", "warning", "info"),
  rule: isString,
  message: isString,
  url: isString,
});
const isProblems = isObject<PageProblems>({ problems: isList(isProblem), left: isPlace(0) });
const isOwner = isObject<PageOwner>({
  text: isString,
  template: isOptional(isObject<NonNullable<PageOwner["template"]>>({ format: isString, text: isString })),
});
const isPlan = isObject<PagePlan>({
  sentence: isString,
  version: isFact,
  meanwhile: isOptional(isObject<NonNullable<PagePlan["meanwhile"]>>({ text: isString, changes: isChanges })),
  changes: isChanges,
  clients: isList(isLine),
  required: isList(isLine),
  notes: isList(isLine),
  introduced: isProblems,
  standing: isProblems,
  plans: isList(isString),
  owner: isOptional(isOwner),
});
const isStep = isObject<PageStep>({
  label: isString,
  state: isOneOf("next", "sending", "deploying", "reading", "done", "failed", "unknown", "refused"),
  text: isString,
});
const isMessage = isObject<PageMessage>({
  id: isPlace(0),
  tone: isTone,
  text: isString,
  said: isOptional(isObject<NonNullable<PageMessage["said"]>>({ code: isString, message: isString })),
  diagnosis: isOptional(isString),
  standing: isOptional(isString),
  answers: isList(isString),
});

export const isReviewPage: Guard<ReviewPage> = isObject<ReviewPage>({
  title: isString,
  phase: isOneOf<Phase>("planning", "review", "sending", "deploying", "reading", "done", "failed", "left"),
  status: isString,
  tone: isTone,
  facts: isList(isFact),
  plan: isOptional(isPlan),
  consequences: isList(isString),
  isConfirmed: isBoolean,
  blocked: isOptional(isString),
  round: isPlace(0),
  steps: isList(isStep),
  messages: isList(isMessage),
  actions: isList(isObject<PageAction>({ action: isAction, label: isString, isEnabled: isBoolean, isMain: isBoolean })),
});

export const isToReview: Guard<ToReview> = isObject<ToReview>({
  kind: isOneOf("show"),
  page: isReviewPage,
  record: isOptional(isString),
  isAsking: isBoolean,
  bundle: isOptional(isTexts),
});

type Saying<Kind extends FromReview["kind"]> = Extract<FromReview, { readonly kind: Kind }>;
type Acting<Kind extends Act["kind"]> = Extract<Act, { readonly kind: Kind }>;

const isReady = isObject<Saying<"ready">>({ kind: isOneOf("ready") });
const isOpenLink = isObject<Saying<"openLink">>({
  kind: isOneOf("openLink"),
  list: isOneOf("introduced", "standing"),
  problem: isPlace(0),
});
const isCopyTemplate = isObject<Saying<"copyTemplate">>({ kind: isOneOf("copyTemplate") });
const isPress = isObject<Acting<"press">>({ kind: isOneOf("press"), action: isAction, round: isPlace(0) });
const isConfirm = isObject<Acting<"confirm">>({
  kind: isOneOf("confirm"),
  isConfirmed: isBoolean,
  round: isPlace(0),
});
const isAnswer = isObject<Acting<"answer">>({ kind: isOneOf("answer"), message: isPlace(0), answer: isString });
const isAct: Guard<Act> = (value): value is Act => isPress(value) || isConfirm(value) || isAnswer(value);
const isActing = isObject<Saying<"act">>({ kind: isOneOf("act"), act: isAct });

export function isFromReview(message: unknown): message is FromReview {
  return isReady(message) || isActing(message) || isOpenLink(message) || isCopyTemplate(message);
}
