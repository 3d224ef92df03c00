import { DurableObject } from "cloudflare:workers";

interface BareEnv {
  readonly ROOMS: DurableObjectNamespace<RoomDO>;
}

/** Accepts hibernating WebSockets, and sends each what is posted. */
export class RoomDO extends DurableObject<BareEnv> {
  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  send(text: string): void {
    this.ctx.getWebSockets().forEach((socket) => socket.send(text));
  }
}

export default {
  async fetch(request, env): Promise<Response> {
    const room = env.ROOMS.getByName(new URL(request.url).pathname);
    if (request.method === "POST") {
      await room.send(await request.text());
      return new Response(null, { status: 204 });
    }
    return await room.fetch(request);
  },
} satisfies ExportedHandler<BareEnv>;
