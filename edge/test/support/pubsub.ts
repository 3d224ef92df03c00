import { json, TestServer } from "./server.js";

/** One publish request as it came in. */
export interface Published {
  readonly path: string;
  readonly authorization: string;
  readonly data: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly at: number;
}

/** What Pub/Sub does with one request: take it, fail with a status, or not answer yet. */
export type Behaviour = Answered | "hang";
export type Answered = "accept" | number;

/** Stands in for Pub/Sub's REST interface: keeps what is published, or fails as the test wants. */
export class TestPubSub {
  readonly requests: Published[] = [];
  readonly #next: Behaviour[] = [];
  #hanging: ((answer: Answered) => void)[] = [];
  /** What happens when {@link willDo} says nothing else. */
  otherwise: Behaviour = "accept";

  private constructor(private server: TestServer) {}

  static async start(): Promise<TestPubSub> {
    const pubSub: TestPubSub = new TestPubSub(
      await TestServer.start((request, body, response) => {
        if (request.url?.endsWith(":testIamPermissions") === true) {
          json(response, 200, JSON.parse(body.toString("utf8")));
          return;
        }
        const { messages } = JSON.parse(body.toString("utf8")) as {
          messages: { data: string; attributes: Record<string, string> }[];
        };
        for (const { data, attributes } of messages) {
          pubSub.requests.push({
            path: `${request.method} ${request.url}`,
            authorization: request.headers.authorization ?? "",
            data: Buffer.from(data, "base64").toString("utf8"),
            attributes,
            at: Date.now(),
          });
        }
        const answer = (answered: Answered): void =>
          answered === "accept"
            ? json(response, 200, { messageIds: messages.map((_, index) => String(index + 1)) })
            : json(response, answered, { error: { code: answered } });
        const behaviour = pubSub.#next.shift() ?? pubSub.otherwise;
        if (behaviour === "hang") {
          pubSub.#hanging.push(answer);
        } else {
          answer(behaviour);
        }
      }),
    );
    return pubSub;
  }

  /** The next requests are answered so, one each. */
  willDo(...behaviours: Behaviour[]): void {
    this.#next.push(...behaviours);
  }

  /** Answers all that hangs. */
  release(answered: Answered): void {
    for (const answer of this.#hanging) {
      answer(answered);
    }
    this.#hanging = [];
  }

  of(taskId: string): Published[] {
    return this.requests.filter(({ attributes }) => attributes["taskId"] === taskId);
  }

  get url(): string {
    return this.server.url;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
