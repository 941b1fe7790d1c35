import type { End } from "../../../core/probe/facts.ts";

/** A header longer than this is refused by most clients too. */
const longestHead = 65_536;
/** What is read of a body: a page of an error is shorter, and nothing else is looked for. */
const longestBody = 16_384;

const endOfHead = Buffer.from("\r\n\r\n");

/** Reads the answer to one request of HTTP/1.1 until its status, and of a refusal until its text, is known. */
export class AnswerReader {
  #head = Buffer.alloc(0);
  readonly #readsBody: boolean;
  #status: number | undefined;
  #body = Buffer.alloc(0);

  /** `readsBody`: whether the request lets a body come. */
  constructor(readsBody: boolean) {
    this.#readsBody = readsBody;
  }

  /** The end, as soon as it is known. */
  take(chunk: Buffer): End | undefined {
    if (this.#status !== undefined) return this.#takeBody(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    if (!couldBeHttp(this.#head)) return { kind: "no-http" };
    const end = this.#head.indexOf(endOfHead);
    if (end === -1) return this.#head.length > longestHead ? { kind: "endless", phase: "request" } : undefined;
    const status = statusOf(this.#head);
    if (status === undefined) return { kind: "no-http" };
    const rest = this.#head.subarray(end + endOfHead.length);
    this.#head = Buffer.alloc(0);
    // What comes before the answer: 100 Continue, 103 Early Hints. Without end it is cut off by the time there is.
    if (status < 200) return rest.length === 0 ? undefined : this.take(rest);
    this.#status = status;
    // nginx answers 400 to who presents no certificate, or a wrong one; only its text tells that from other 400s.
    return status === 400 && this.#readsBody ? this.#takeBody(rest) : { kind: "answer", status };
  }

  /** What is known when the server ends it. */
  end(): End | undefined {
    return this.#status === undefined ? undefined : this.#answer();
  }

  #takeBody(chunk: Buffer): End | undefined {
    this.#body = Buffer.concat([this.#body, chunk]);
    const answer = this.#answer();
    return answer.says !== undefined || this.#body.length >= longestBody ? answer : undefined;
  }

  #answer(): Extract<End, { kind: "answer" }> {
    const text = this.#body.toString("latin1");
    const status = this.#status ?? 0;
    if (text.includes("No required SSL certificate was sent"))
      return { kind: "answer", status, says: "no-certificate" };
    if (text.includes("The SSL certificate error")) return { kind: "answer", status, says: "certificate-error" };
    return { kind: "answer", status };
  }
}

function couldBeHttp(head: Buffer): boolean {
  const begin = head.subarray(0, 5).toString("latin1");
  return "HTTP/".startsWith(begin.slice(0, 5));
}

function statusOf(head: Buffer): number | undefined {
  const line = head.subarray(0, 64).toString("latin1");
  const status = /^HTTP\/1\.[01] ([1-5]\d\d)[ \r\n]/.exec(line)?.[1];
  return status === undefined ? undefined : Number(status);
}
