import * as assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import * as vscode from "vscode";
import { isFailure } from "../../../src/core/failure.ts";
import { account as accountId } from "../../sandbox/world.ts";
import { type Aws, closeSessions, openAccount, startAws } from "../aws.ts";
import { until } from "../editor.ts";

/** No resolver knows it: only by way of the proxy does anything get there. */
const host = "sandbox.test";

describe("a proxy of the editor's settings", () => {
  for (const tls of [false, true]) {
    describe(tls ? "to an endpoint with a CA of its own" : "to a plain endpoint", () => {
      let aws: Aws;
      let proxy: Proxy;
      before(async () => {
        aws = await startAws({ tls });
        proxy = await startProxy();
      });
      after(async () => {
        await setProxy(undefined);
        proxy.close();
        await aws.close();
      });
      afterEach(closeSessions);

      it("is the way to AWS", async () => {
        await aws.reset();
        aws.setEnvironment({
          AWS_PROFILE: undefined,
          AWS_CONFIG_FILE: undefined,
          AWS_SHARED_CREDENTIALS_FILE: undefined,
          ...aws.sandbox.env,
          AWS_ENDPOINT_URL: aws.sandbox.endpoint.replace("127.0.0.1", host),
        });
        await setProxy(proxy.address);
        // The host takes a setting over in its own time.
        const connected = await until("a connection by way of the proxy", async () => {
          const { session } = openAccount();
          const connection = await session.connect();
          return isFailure(connection) ? undefined : connection;
        });
        assert.equal(connected.identity.account, accountId);
        assert.ok(
          proxy.seen.some((one) => one.includes(host)),
          proxy.seen.join(),
        );
      });
    });
  }
});

async function setProxy(address: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update("http.proxy", address, vscode.ConfigurationTarget.Global);
}

interface Proxy {
  readonly address: string;
  /** What it was asked for. */
  readonly seen: string[];
  close(): void;
}

/** Takes everything to this machine, whatever its name. */
async function startProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const server: Server = createServer((incoming, answer) => {
    seen.push(incoming.url ?? "");
    const { pathname, search, port } = new URL(incoming.url ?? "");
    const onward = request(
      { host: "127.0.0.1", port, path: pathname + search, method: incoming.method, headers: incoming.headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket, head) => {
    seen.push(incoming.url ?? "");
    const onward = connect(Number(incoming.url?.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, seen, close: () => server.close() };
}
