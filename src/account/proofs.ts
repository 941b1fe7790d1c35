import type { ProbeFacts } from "../core/probe/facts.ts";
import {
  isOfOtherServer,
  isProved,
  isProvedLive,
  type LiveSubject,
  type Proof,
  type ProvedSettings,
  proofKey,
  proofOf,
  readProof,
  settingsOf,
  type Today,
  worstProof,
} from "../core/probe/proof.ts";
import type { Verdict } from "../core/probe/verdicts.ts";
import type { Folder } from "../platform/folder.ts";
import { Emitter } from "./event.ts";

/** Who probes more servers than this is shown the latest. */
const mostProofs = 500;

export interface ProofTools {
  /** Of proofs alone; all windows share it, and each proof is a file. */
  readonly folder: Folder;
  /** The name of the file of a proof: a hash of its key. */
  readonly nameOf: (key: string) => string;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** How long a proof holds. */
  readonly days: () => number;
  readonly fault: (where: string, error: unknown) => void;
}

/** What probes showed, kept beyond the window. */
export class Proofs {
  readonly #tools: ProofTools;
  readonly #proofs = new Map<string, Proof>();
  /** What hosts were found to be at, since this window knows. */
  readonly #addresses = new Map<string, readonly string[]>();
  /** In lower case; also of those that are no more. */
  readonly #hosts = new Set<string>();
  readonly #changed = new Emitter<void>();
  #loaded: Promise<void> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(tools: ProofTools) {
    this.#tools = tools;
  }

  /** Reads what was kept; again where another window may have added to it. */
  load(): Promise<void> {
    this.#loaded = this.#read();
    return this.#loaded;
  }

  /** Once; later calls wait for that. */
  ready(): Promise<void> {
    return this.#loaded ?? this.load();
  }

  /** The proof that holds for a server as it is configured; `undefined`: none, or no more. Of what was read so far. */
  of(settings: ProvedSettings): Proof | undefined {
    const proof = this.#proofs.get(proofKey(settings.plan));
    return proof !== undefined && isProved(proof, settings, this.#today(proof)) ? proof : undefined;
  }

  /** The same for all servers that one thing needs; the worst of them. `undefined`: one of them has none. */
  ofAll(all: readonly ProvedSettings[]): Proof | undefined {
    const proofs = all.flatMap((settings) => this.of(settings) ?? []);
    return proofs.length < all.length ? undefined : worstProof(proofs);
  }

  /** The worst that holds for an origin, or the viewers, of a distribution in AWS. */
  ofLive(subject: LiveSubject): Proof | undefined {
    return worstProof([...this.#proofs.values()].filter((proof) => isProvedLive(proof, subject, this.#today(proof))));
  }

  #today({ host }: Proof): Today {
    const addresses = this.#addresses.get(host.toLowerCase());
    const { now, days } = this.#tools;
    return { now: now(), days: days(), ...(addresses === undefined ? {} : { addresses }) };
  }

  /** Whether anything was kept of a host, whether it holds or not. */
  hasHost(host: string): boolean {
    return this.#hosts.has(host.toLowerCase().replace(/\.$/, ""));
  }

  /** The hosts of proofs: their addresses may have changed since. */
  hosts(): readonly string[] {
    return [...this.#hosts];
  }

  /** What a host is at now. */
  found(host: string, addresses: readonly string[]): void {
    const known = this.#addresses.get(host.toLowerCase());
    if (known?.join() === addresses.join()) return;
    this.#addresses.set(host.toLowerCase(), addresses);
    this.#changed.fire();
  }

  /** One that decided nothing leaves what was proved before, unless it saw another server. */
  async keep(facts: ProbeFacts, verdict: Verdict, settings: ProvedSettings): Promise<void> {
    await this.ready();
    const key = proofKey(facts.plan);
    const former = this.#proofs.get(key);
    const proof = proofOf(facts, verdict, { ...settings, live: settings.live ?? liveAs(former, settings) });
    this.#addresses.delete(facts.plan.host.toLowerCase());
    try {
      if (proof !== undefined) {
        this.#add(proof);
        await this.#tools.folder.write(this.#tools.nameOf(key), JSON.stringify(proof));
        await this.#tidy();
      } else if (former !== undefined && isOfOtherServer(former, facts)) {
        this.#proofs.delete(key);
        await this.#tools.folder.remove(this.#tools.nameOf(key));
      }
    } catch (error) {
      this.#tools.fault("keep a proof", error);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #add(proof: Proof): void {
    this.#proofs.set(proofKey(proof), proof);
    this.#hosts.add(proof.host.toLowerCase());
  }

  async #read(): Promise<void> {
    const { folder, fault } = this.#tools;
    try {
      for (const name of await folder.names()) {
        const proof = await this.#one(name);
        if (proof !== undefined) this.#add(proof);
      }
    } catch (error) {
      fault("read proofs", error);
    }
    if (this.#proofs.size > 0) this.#changed.fire();
  }

  /** One that is damaged keeps the others from nothing. */
  async #one(name: string): Promise<Proof | undefined> {
    try {
      const text = await this.#tools.folder.read(name);
      return text === undefined ? undefined : readProof(JSON.parse(text));
    } catch (error) {
      this.#tools.fault("read a proof", error);
      return undefined;
    }
  }

  async #tidy(): Promise<void> {
    if (this.#proofs.size <= mostProofs) return;
    const oldest = [...this.#proofs].sort(([, one], [, other]) => one.at - other.at);
    for (const [key] of oldest.slice(0, this.#proofs.size - mostProofs)) {
      this.#proofs.delete(key);
      await this.#tools.folder.remove(this.#tools.nameOf(key));
    }
  }
}

/** The same server, probed for a file with the same settings, is still that of what is in AWS. */
function liveAs(former: Proof | undefined, settings: ProvedSettings): LiveSubject | undefined {
  return former?.settings === settingsOf(settings) ? former.live : undefined;
}
