// A server that does with a connection what it is told to.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export async function listen(serve: (socket: Socket) => void, host = "127.0.0.1"): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Whoever is probed is left when the probe has seen enough.
    socket.on("error", () => undefined);
    socket.on("end", () => {
      if (!socket.writableEnded) socket.end();
    });
    serve(socket);
  });
  server.listen(0, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
