// What the inspector's page and the extension say to each other. Both check what they hear: the page shows text of
// strangers, and nothing it posts is believed because of where it comes from.
import type {
  AcceptanceAnswers,
  Card,
  ChainNode,
  ExtensionCard,
  Inspection,
  Tone,
} from "../core/messages/inspection/inspection.ts";
import type { Field } from "../core/messages/x509/field.ts";
import { isBoolean, isList, isObject, isOneOf, isOptional, isPlace, isString, isTexts } from "./guards.ts";

export type ToPage = {
  readonly kind: "show";
  readonly inspection: Inspection;
  /** The address of the file that it is all of: what the page is made of again after the window was loaded anew. */
  readonly file: string | undefined;
  /** The strings of the display language by their English ones. `undefined`: English. */
  readonly bundle: Readonly<Record<string, string>> | undefined;
};

export type ToHost =
  /** The page can be shown something. */
  | { readonly kind: "ready" }
  | { readonly kind: "copy"; readonly card: string; readonly what: "pem" | "text" | "json" }
  | {
      readonly kind: "copyField";
      readonly card: string;
      /** Its place in the card's list. `undefined`: `field` is one of the card's own. */
      readonly extension?: string;
      /** Its place in the list; -1: the extension's OID; -2: the extension's value as hex. */
      readonly field: number;
    }
  | { readonly kind: "showInText"; readonly card: string }
  /** `undefined`: the whole file. */
  | { readonly kind: "compare"; readonly card: string | undefined }
  /** Another time for the question that was asked. */
  | { readonly kind: "chooseTime" }
  | { readonly kind: "openLink"; readonly card: string /** Its place in the card's list. */; readonly problem: number };

export function isToPage(message: unknown): message is ToPage {
  return isShow(message);
}

export function isToHost(message: unknown): message is ToHost {
  return (
    isReady(message) ||
    isCopy(message) ||
    isCopyField(message) ||
    isShowInText(message) ||
    isCompare(message) ||
    isChooseTime(message) ||
    isOpenLink(message)
  );
}

const isTone = isOneOf<Tone>("ok", "info", "warning", "error");

const isField = isObject<Field>({ name: isString, value: isString, monospace: isOptional(isBoolean) });

const isExtensionCard = isObject<ExtensionCard>({
  oid: isString,
  name: isString,
  critical: isBoolean,
  fields: isList(isField),
  hex: isString,
  fault: isOptional(isString),
});

const isCard = isObject<Card>({
  id: isString,
  kind: isOneOf("certificate", "request", "private-key", "damaged", "other"),
  title: isString,
  subtitle: isString,
  badges: isList(isObject<Card["badges"][number]>({ tone: isTone, text: isString })),
  line: isOptional(isPlace(0)),
  fields: isList(isField),
  extensions: isList(isExtensionCard),
  problems: isList(
    isObject<Card["problems"][number]>({
      severity: isOneOf("error", "warning", "info"),
      rule: isString,
      message: isString,
      url: isString,
    }),
  ),
  fitness: isOptional(
    isObject<NonNullable<Card["fitness"]>>({
      fit: isBoolean,
      reasons: isList(
        isObject<NonNullable<Card["fitness"]>["reasons"][number]>({ holds: isBoolean, message: isString }),
      ),
    }),
  ),
  search: isString,
});

const isChainNode = isObject<ChainNode>({
  card: isOptional(isString),
  title: isString,
  role: isOneOf("leaf", "intermediate", "root", "missing"),
  link: isOptional(
    isObject<NonNullable<ChainNode["link"]>>({
      state: isOneOf("valid", "broken", "unchecked", "unsupported", "missing"),
      text: isString,
    }),
  ),
});

const isAcceptance = isObject<AcceptanceAnswers>({
  question: isString,
  at: isString,
  answers: isList(
    isObject<AcceptanceAnswers["answers"][number]>({
      name: isString,
      tone: isTone,
      answer: isString,
      reasons: isList(isString),
    }),
  ),
});

const isInspection = isObject<Inspection>({
  name: isString,
  note: isOptional(
    isObject<NonNullable<Inspection["note"]>>({ tone: isTone, text: isString, steps: isList(isString) }),
  ),
  acceptance: isOptional(isAcceptance),
  chains: isList(isList(isChainNode)),
  cards: isList(isCard),
});

const isShow = isObject<ToPage>({
  kind: isOneOf("show"),
  inspection: isInspection,
  file: isOptional(isString),
  bundle: isOptional(isTexts),
});

type Saying<Kind extends ToHost["kind"]> = Extract<ToHost, { readonly kind: Kind }>;

const isReady = isObject<Saying<"ready">>({ kind: isOneOf("ready") });
const isCopy = isObject<Saying<"copy">>({
  kind: isOneOf("copy"),
  card: isString,
  what: isOneOf("pem", "text", "json"),
});
const isCopyField = isObject<Saying<"copyField">>({
  kind: isOneOf("copyField"),
  card: isString,
  extension: isOptional(isString),
  field: isPlace(-2),
});
const isShowInText = isObject<Saying<"showInText">>({ kind: isOneOf("showInText"), card: isString });
const isCompare = isObject<Saying<"compare">>({ kind: isOneOf("compare"), card: isOptional(isString) });
const isChooseTime = isObject<Saying<"chooseTime">>({ kind: isOneOf("chooseTime") });
const isOpenLink = isObject<Saying<"openLink">>({ kind: isOneOf("openLink"), card: isString, problem: isPlace(0) });
