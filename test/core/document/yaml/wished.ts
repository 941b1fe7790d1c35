// What changes mean, on a model of a document that knows nothing of its text.
import type { Change, Entry } from "../../../../src/core/document/change.ts";
import { isContainer, type Json, type Node } from "../../../../src/core/document/tree.ts";
import type { Meaning } from "./random-yaml.ts";

/** A value that knows where it stands. */
interface Model {
  holder: Slot | undefined;
  entries: Slot[] | undefined;
  isList: boolean;
  leaf: Meaning;
}

interface Slot {
  in: Model | undefined;
  key: string;
  value: Model;
}

/** The document after all changes, as JSON. */
export function wished(root: Node, meaning: Meaning, changes: readonly Change[]): Meaning {
  const models = new Map<Node, Model>();
  const slots = new Map<Entry, Slot>();
  const top: Slot = { in: undefined, key: "", value: leaf(null) };
  put(top, modelOf(root, meaning));

  function modelOf(node: Node | undefined, meant: Meaning): Model {
    const model = node !== undefined && isContainer(node) ? container(node.kind === "list") : leaf(meant);
    if (node === undefined) return model;
    models.set(node, model);
    if (node.kind === "object") {
      for (const member of node.members) {
        slots.set(
          member,
          push(model, member.key, modelOf(member.value, (meant as { [key: string]: Meaning })[member.key] ?? null)),
        );
      }
    } else if (node.kind === "list") {
      node.items.forEach((item, index) =>
        slots.set(item, push(model, "", modelOf(item, (meant as Meaning[])[index] ?? null))),
      );
    }
    return model;
  }
  const model = (node: Node): Model => models.get(node) ?? leaf(null);
  const take = (entry: Entry): Slot => {
    const slot = slots.get(entry);
    if (slot === undefined) throw new Error("No such entry");
    const entries = slot.in?.entries ?? [];
    entries.splice(entries.indexOf(slot), 1);
    return slot;
  };

  for (const change of changes) {
    switch (change.kind) {
      case "set":
        put(model(change.node).holder, fromJson(change.value));
        break;
      case "add":
        push(model(change.to), change.key, fromJson(change.value));
        break;
      case "append":
        push(model(change.to), "", fromJson(change.value));
        break;
      case "remove":
        take(change.entry);
        break;
      case "rename": {
        const slot = slots.get(change.member);
        if (slot !== undefined) slot.key = change.key;
        break;
      }
      case "move": {
        const { key, value } = take(change.member);
        push(model(change.to), change.key ?? key, value);
        break;
      }
      case "enclose": {
        const inner = container(false);
        for (const each of change.members) {
          const { key, value } = take(each.member);
          push(inner, each.key ?? key, value);
        }
        push(model(change.to), change.key, inner);
        break;
      }
      case "wrap":
      case "enlist": {
        const value = model(change.node);
        const { holder } = value;
        const around = container(change.kind === "enlist");
        if (change.kind === "wrap")
          for (const [key, json] of Object.entries(change.before)) push(around, key, fromJson(json));
        push(around, change.kind === "wrap" ? change.key : "", value);
        put(holder, around);
        break;
      }
      case "lift":
        put(model(change.whole).holder, model(change.part));
        break;
      case "rewrite":
        throw new Error("Not of a tree");
    }
  }
  return json(top.value);
}

function leaf(meant: Meaning): Model {
  return { holder: undefined, entries: undefined, isList: false, leaf: meant };
}

function container(isList: boolean): Model {
  return { holder: undefined, entries: [], isList, leaf: null };
}

function push(to: Model, key: string, value: Model): Slot {
  const slot = { in: to, key, value };
  value.holder = slot;
  to.entries?.push(slot);
  return slot;
}

function put(holder: Slot | undefined, value: Model): void {
  if (holder === undefined) return;
  holder.value = value;
  value.holder = holder;
}

function fromJson(value: Json): Model {
  if (typeof value !== "object" || value === null) return leaf(value);
  const [[name, argument] = ["", null], ...others] = Object.entries(value as { [key: string]: Json });
  if (others.length === 0 && name === "Ref") return leaf({ "!Ref": argument as Meaning });
  const model = container(Array.isArray(value));
  for (const [key, inner] of Object.entries(value))
    push(model, Array.isArray(value) ? "" : key, fromJson(inner as Json));
  return model;
}

function json({ entries, isList, leaf: meant }: Model): Meaning {
  if (entries === undefined) return meant;
  return isList
    ? entries.map(({ value }) => json(value))
    : Object.fromEntries(entries.map(({ key, value }) => [key, json(value)]));
}
