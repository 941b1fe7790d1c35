import { hasAny, holdsAny, means } from "../dialect/payload.ts";
import { isCalled, type Member, type Node, type ObjectNode, stringOf, valueOf } from "../document/tree.ts";
import { meanings, modes, settings, shapes } from "./vocabulary.ts";

/** Members that stand together in an object that Elastic Load Balancing does not read them from. */
export interface Misplaced {
  readonly members: readonly [Member, ...Member[]];
  /** Where they belong: in the listener itself, or in the block of mutual authentication. */
  readonly home: "listener" | "block";
  /** Something of this name stands in its place already: which of the two is meant is not known. */
  readonly twice: boolean;
}

/** What belongs to mutual authentication of a listener, and stands beside its block or in a part of it. */
export function findMisplaced(listener: ObjectNode, block: ObjectNode | undefined): readonly Misplaced[] {
  const isThere = (member: Member) =>
    block?.members.some((one) => settings.some((setting) => means(one, setting) && means(member, setting))) === true;
  const own = block !== undefined || isRequest(listener) ? flatSettings(listener) : [];
  const [first, ...others] = own.filter((member) => !isThere(member));
  const flat: readonly Misplaced[] = [
    ...(first === undefined ? [] : [{ members: [first, ...others], home: "block", twice: false } as const]),
    ...own.filter(isThere).map((member) => ({ members: [member], home: "block", twice: true }) as const),
  ];
  const blocks = ["DefaultActions", "Certificates"]
    .flatMap((key) => itemsOf(valueOf(listener, key)))
    .flatMap((item): Misplaced[] =>
      item.kind !== "object"
        ? []
        : item.members.flatMap((member): Misplaced[] =>
            member.value !== undefined && means(member, meanings.block) && holdsAny(member.value, settings)
              ? [{ members: [member], home: "listener", twice: block !== undefined }]
              : [],
          ),
    );
  return [...flat, ...blocks];
}

/**
 * Whether it is what somebody sends, and not a table of an answer that they chose the columns of. Alone with its ARN
 * and a trust store it is the settings of one listener.
 */
function isRequest(listener: ObjectNode): boolean {
  return (
    hasAny(listener, ["Protocol", "DefaultActions", "Certificates"]) ||
    (listener.members.some((member) => means(member, meanings.trustStore)) &&
      listener.members.every((member) => member.key === "ListenerArn" || isSetting(member)))
  );
}

function itemsOf(list: Node | undefined): readonly Node[] {
  return list?.kind === "list" ? list.items : [];
}

/** Settings that stand in the listener itself. Many things have a mode: alone it counts only where it is known. */
function flatSettings(listener: ObjectNode): readonly Member[] {
  const own = listener.members.filter(
    (member) => member.value !== undefined && !isNull(member.value) && isSetting(member),
  );
  return own.every((member) => isMode(member) && knownMode(member) === undefined) ? [] : own;
}

/**
 * Whether an object is a listener with the settings of mutual authentication beside its own, and nothing else: what
 * somebody calls so in a file of their own has other names beside it.
 */
export function isFlatListener(node: ObjectNode): boolean {
  const flat = flatSettings(node);
  const mode = flat.find(isMode);
  return (
    mode !== undefined &&
    isRequest(node) &&
    (knownMode(mode) !== undefined || stringOf(mode.value) === "") &&
    node.members.every((member) => flat.includes(member) || own.has(member.key))
  );
}

/** Of a listener, in requests and answers. */
const own: ReadonlySet<string> = new Set([...(shapes.get("Listener")?.members.keys() ?? []), "AlpnPolicy", "Tags"]);

function isSetting(member: Member): boolean {
  return isMode(member) || settings.some((one) => one !== meanings.mode && means(member, one));
}

/** Not what is nearly called so: other words of four letters are. */
function isMode(member: Member): boolean {
  return isCalled(member, meanings.mode[1]);
}

function knownMode({ value }: Member): string | undefined {
  return modes.find((mode) => mode === stringOf(value)?.toLowerCase());
}

function isNull(value: Node): boolean {
  return value.kind === "scalar" && (value.value === null || value.value === undefined);
}

/** The settings in what is misplaced. */
export function settingsOf({ members, home }: Misplaced): readonly Member[] {
  if (home === "block") return members;
  const { value } = members[0];
  return value?.kind === "object" ? value.members : [];
}
