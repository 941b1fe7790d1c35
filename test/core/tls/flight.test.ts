import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type OpenRecord, readServerFlight, type SecretName } from "../../../src/core/tls/flight.ts";
import {
  bytesOf,
  certificates,
  message,
  record,
  records,
  requestOfTls12,
  requestOfTls13,
  sealed,
  serverHello,
} from "./flights.ts";

const name = Uint8Array.of(0x30, 3, 1, 2, 3);
const other = Uint8Array.of(0x30, 1, 9);
const der = Uint8Array.of(0x30, 2, 5, 5);

/** Takes off nothing but the header, and notes what it was asked for. */
function opening(): { readonly open: OpenRecord; readonly asked: [SecretName, number, number][] } {
  const asked: [SecretName, number, number][] = [];
  return {
    asked,
    open: (secret, suite, bytes, sequence) => {
      asked.push([secret, suite, sequence]);
      return bytes.subarray(5);
    },
  };
}

const closed: OpenRecord = () => undefined;

function handshake(...messages: readonly Uint8Array[]): Uint8Array {
  return record(records.handshake, bytesOf(...messages));
}

const hello12 = serverHello(0x0303, 0xc02b, 32);
const done = message(14);
const finished = record(records.handshake, new Uint8Array(40));
const change = record(records.change, Uint8Array.of(1));

describe("what a server of TLS 1.2 sends", () => {
  const asking = bytesOf(
    handshake(hello12, certificates([der, other], false), requestOfTls12([name, other], [1, 64]), done),
    change,
    finished,
  );

  test("says whether it asks, for certificates of which CAs, and presents a chain", () => {
    const flight = readServerFlight(asking, closed);
    assert.deepEqual(flight, {
      isTls: true,
      version: 0x0303,
      suite: 0xc02b,
      asks: true,
      request: { authorities: [name, other], takesEcdsa: true, takesRsa: true },
      chain: [der, other],
      alert: undefined,
      asksForRenegotiation: false,
    });
  });

  test("is the same in records of one byte", () => {
    const messages = bytesOf(hello12, certificates([der], false), requestOfTls12([name], [1]), done);
    const pieces = bytesOf(...[...messages].map((byte) => record(records.handshake, Uint8Array.of(byte))));
    const flight = readServerFlight(pieces, closed);
    assert.equal(flight.asks, true);
    assert.deepEqual(flight.request, { authorities: [name], takesEcdsa: false, takesRsa: true });
    assert.deepEqual(flight.chain, [der]);
  });

  test("does not ask only when it is done without", () => {
    assert.equal(readServerFlight(handshake(hello12, certificates([der], false), done), closed).asks, false);
    assert.equal(readServerFlight(handshake(hello12, certificates([der], false)), closed).asks, undefined);
  });

  test("has no list of signatures before TLS 1.2", () => {
    const flight = readServerFlight(
      handshake(serverHello(0x0301, 0x002f), requestOfTls12([name], [1, 64], []), done),
      closed,
    );
    assert.equal(flight.version, 0x0301);
    assert.deepEqual(flight.request, { authorities: [name], takesEcdsa: true, takesRsa: true });
  });

  test("takes keys whose signatures it names alone", () => {
    for (const [signatures, takesEcdsa, takesRsa] of [
      [[5, 3], true, false],
      [[8, 4], false, true],
      [[8, 7, 8, 9, 2, 3, 2, 1], false, false],
    ] as const) {
      const asked = requestOfTls12([name], [1, 64], signatures);
      const flight = readServerFlight(handshake(hello12, asked, done), closed);
      assert.deepEqual(flight.request, { authorities: [name], takesEcdsa, takesRsa });
    }
  });

  test("asks for another handshake where one more message follows Finished", () => {
    assert.equal(readServerFlight(asking, closed).asksForRenegotiation, false);
    const answer = record(records.data, new Uint8Array(30));
    assert.equal(readServerFlight(bytesOf(asking, answer), closed).asksForRenegotiation, false);
    assert.equal(readServerFlight(bytesOf(asking, answer, finished), closed).asksForRenegotiation, true);
  });

  test("ends with an alert that is fatal; a warning and what is encrypted are none", () => {
    const alert = (level: number, number: number): Uint8Array => record(records.alert, Uint8Array.of(level, number));
    assert.equal(readServerFlight(alert(2, 70), closed).alert, 70);
    assert.equal(readServerFlight(bytesOf(handshake(hello12), alert(1, 112)), closed).alert, undefined);
    assert.equal(readServerFlight(bytesOf(asking, alert(2, 48)), closed).alert, undefined);
  });

  test("cut off anywhere it says less, and never something else", () => {
    const whole = readServerFlight(asking, closed);
    for (let end = 0; end <= asking.length; end += 1) {
      const { asks, chain, request, alert } = readServerFlight(asking.subarray(0, end), closed);
      assert.ok(asks === undefined || asks === true, `${end}`);
      assert.ok(chain.length === 0 || chain.length === 2, `${end}`);
      assert.ok(request === undefined || request.authorities.length === 2, `${end}`);
      assert.equal(alert, undefined);
    }
    assert.equal(whole.asks, true);
  });
});

describe("what a server of TLS 1.3 sends", () => {
  const hello = handshake(serverHello(0x0304, 0x1302));
  const extensions = message(8, Uint8Array.of(0, 0));
  const asking = bytesOf(
    hello,
    change,
    sealed(records.handshake, bytesOf(extensions, requestOfTls13([name], [0x0804, 0x0403])), 7),
    sealed(records.handshake, bytesOf(certificates([der, other], true), message(15), message(20))),
  );

  test("says whether it asks, once it is opened", () => {
    const { open, asked } = opening();
    const flight = readServerFlight(asking, open);
    assert.equal(flight.version, 0x0304);
    assert.equal(flight.suite, 0x1302);
    assert.equal(flight.asks, true);
    assert.deepEqual(flight.request, { authorities: [name], takesEcdsa: true, takesRsa: true });
    assert.deepEqual(flight.chain, [der, other]);
    assert.deepEqual(asked, [
      ["handshake", 0x1302, 0],
      ["handshake", 0x1302, 1],
    ]);
  });

  test("does not ask where the certificate follows without a request", () => {
    const { open } = opening();
    const body = bytesOf(extensions, certificates([der], true));
    assert.equal(readServerFlight(bytesOf(hello, sealed(records.handshake, body)), open).asks, false);
  });

  test("leaves it open where it cannot be opened", () => {
    const flight = readServerFlight(asking, closed);
    assert.equal(flight.version, 0x0304);
    assert.equal(flight.asks, undefined);
    assert.deepEqual(flight.chain, []);
  });

  test("is read with the other secret after Finished, counted anew; tickets are no request", () => {
    const { open, asked } = opening();
    const after = [
      sealed(records.handshake, message(4, new Uint8Array(20))),
      sealed(records.alert, Uint8Array.of(2, 116)),
    ];
    const flight = readServerFlight(bytesOf(asking, ...after), open);
    assert.equal(flight.alert, 116);
    assert.deepEqual(asked.slice(2), [
      ["application", 0x1302, 0],
      ["application", 0x1302, 1],
    ]);
  });

  test("takes no key whose curve it does not name", () => {
    const { open } = opening();
    const body = bytesOf(extensions, requestOfTls13([name], [0x0503, 0x0603, 0x0401, 0x0809]));
    const flight = readServerFlight(bytesOf(hello, sealed(records.handshake, body)), open);
    assert.deepEqual(flight.request, { authorities: [name], takesEcdsa: false, takesRsa: false });
  });

  test("asks of nobody after the handshake", () => {
    const { open } = opening();
    const body = bytesOf(extensions, certificates([der], true), message(15), message(20));
    const late = sealed(records.handshake, requestOfTls13([name], [0x0403]));
    const flight = readServerFlight(bytesOf(hello, sealed(records.handshake, body), late), open);
    assert.equal(flight.asks, false);
    assert.equal(flight.request, undefined);
  });

  test("says good-bye without an alert, and names no CA where it has none", () => {
    const { open } = opening();
    const body = bytesOf(extensions, requestOfTls13(undefined, [0x0804]));
    const bye = sealed(records.alert, Uint8Array.of(1, 0));
    const flight = readServerFlight(bytesOf(hello, sealed(records.handshake, body), bye), open);
    assert.deepEqual(flight.request, { authorities: [], takesEcdsa: false, takesRsa: true });
    assert.equal(flight.alert, undefined);
  });

  test("tries again with another hello, whose choice counts", () => {
    const { open } = opening();
    const flight = readServerFlight(bytesOf(handshake(serverHello(0x0304, 0x1301)), asking), open);
    assert.equal(flight.suite, 0x1302);
    assert.equal(flight.asks, true);
  });
});

describe("what is no TLS", () => {
  test("is told by its first bytes", () => {
    for (const text of ["HTTP/1.1 400 Bad Request\r\n", "220 mail.example ESMTP\r\n", "SSH-2.0-x\r\n"])
      assert.equal(readServerFlight(new TextEncoder().encode(text), closed).isTls, false, text);
    assert.equal(readServerFlight(new Uint8Array(), closed).isTls, false);
    assert.equal(readServerFlight(Uint8Array.of(22, 3), closed).isTls, true);
  });

  test("is given up at a record that is longer than any", () => {
    const long = bytesOf([22, 3, 3, 0xff, 0xff], new Uint8Array(65_535));
    assert.equal(readServerFlight(long, closed).version, undefined);
  });

  test("lies about lengths without harm", () => {
    for (let seed = 1; seed < 400; seed += 1) {
      const bytes = bytesOf(handshake(hello12, certificates([der], false), requestOfTls12([name], [1]), done));
      // A small generator, so that a failure comes again.
      bytes[5 + ((seed * 7919) % (bytes.length - 5))] = (seed * 104_729) & 0xff;
      assert.doesNotThrow(() => readServerFlight(bytes, closed));
    }
  });
});
