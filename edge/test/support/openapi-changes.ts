/** An object of the document. */
type Node = Readonly<Record<string, unknown>>;

/** Who reads what a schema describes: in answers clients, in requests the edge. */
type Direction = "request" | "answer";

/** They explain, and bind nobody. */
const TEXTS: readonly string[] = ["title", "description", "summary", "example", "examples"];

/**
 * What a new version of the document breaks: clients that were written for the released one must be able
 * to send what they send, and to read what they are answered. So operations, optional fields of requests,
 * fields of answers, and statuses of refusals may be added; everything else must stay.
 *
 * @returns a line for each change that breaks somebody, with its place
 */
export function breakingChanges(released: object, current: object): readonly string[] {
  const changes = new Changes(released as Node, current as Node);
  changes.compareAll();
  return changes.found;
}

class Changes {
  readonly found: string[] = [];
  readonly #seen = new Set<string>();

  constructor(
    private readonly released: Node,
    private readonly current: Node,
  ) {}

  compareAll(): void {
    for (const [path, methods] of members(this.released, "paths")) {
      for (const [method, operation] of Object.entries(methods)) {
        const place = `${method.toUpperCase()} ${path}`;
        const successor = child(child(child(this.current, "paths"), path), method);
        this.#require(place, operation as Node, successor, (before, after) =>
          this.#compareOperations(place, before, after),
        );
      }
    }
  }

  #compareOperations(place: string, before: Node, after: Node): void {
    this.#same(`${place} security`, before["security"], after["security"]);
    this.#compareParameters(place, before, after);
    const [bodyBefore, bodyAfter] = [before, after].map((one) => child(one, "requestBody"));
    if (bodyBefore === undefined) {
      if (bodyAfter?.["required"] === true) {
        this.found.push(`${place} body: is required now`);
      }
    } else {
      this.#require(`${place} body`, bodyBefore, bodyAfter, (one, other) => {
        this.#same(`${place} body required`, one["required"], other["required"]);
        this.#compareContent(`${place} body`, "request", one, other);
      });
    }
    for (const [status, answer] of members(before, "responses")) {
      // Refusals are distinguished by their code, which is an open set.
      if (Number(status) < 400) {
        const there = child(child(after, "responses"), status);
        this.#require(`${place} ${status}`, answer, there, (one, other) =>
          this.#compareContent(`${place} ${status}`, "answer", one, other),
        );
      }
    }
    for (const [status] of members(after, "responses")) {
      if (Number(status) < 400 && child(child(before, "responses"), status) === undefined) {
        this.found.push(`${place} ${status}: is a success that nobody expects`);
      }
    }
  }

  #compareParameters(place: string, before: Node, after: Node): void {
    const [old, now] = [parametersOf(before), parametersOf(after)];
    for (const [name, parameter] of old) {
      this.#require(`${place} ${name}`, parameter, now.get(name), (one, other) => {
        if (one["required"] !== true && other["required"] === true) {
          this.found.push(`${place} ${name}: is required now`);
        }
        this.#compareSchemas(
          `${place} ${name}`,
          "request",
          child(one, "schema"),
          child(other, "schema"),
        );
      });
    }
    for (const [name, parameter] of now) {
      if (!old.has(name) && parameter["required"] === true) {
        this.found.push(`${place} ${name}: is required now`);
      }
    }
  }

  #compareContent(place: string, direction: Direction, before: Node, after: Node): void {
    for (const [type, media] of members(before, "content")) {
      this.#require(`${place} ${type}`, media, child(child(after, "content"), type), (one, other) =>
        this.#compareSchemas(place, direction, child(one, "schema"), child(other, "schema")),
      );
    }
  }

  #compareSchemas(place: string, direction: Direction, before?: Node, after?: Node): void {
    const reference = before?.["$ref"];
    if (typeof reference === "string") {
      if (this.#seen.has(`${direction} ${reference}`) && reference === after?.["$ref"]) {
        return;
      }
      this.#seen.add(`${direction} ${reference}`);
    }
    const [one = {}, other = {}] = [resolved(this.released, before), resolved(this.current, after)];
    for (const keyword of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const here = `${place}/${keyword}`;
      switch (keyword) {
        case "properties":
          this.#compareProperties(place, direction, one, other);
          break;
        case "required":
          this.#compareRequired(here, direction, words(one[keyword]), words(other[keyword]));
          break;
        case "enum":
          this.#compareEnums(here, direction, words(one[keyword]), words(other[keyword]));
          break;
        case "items":
          this.#compareSchemas(here, direction, child(one, keyword), child(other, keyword));
          break;
        case "allOf": {
          const [all, others] = [one, other].map((schema) => schema[keyword] as Node[] | undefined);
          this.#same(`${here} length`, all?.length, others?.length);
          all?.forEach((part, index) =>
            this.#compareSchemas(here, direction, part, others?.[index]),
          );
          break;
        }
        default:
          if (!TEXTS.includes(keyword)) {
            this.#same(here, one[keyword], other[keyword]);
          }
      }
    }
  }

  #compareProperties(place: string, direction: Direction, before: Node, after: Node): void {
    for (const [name, property] of members(before, "properties")) {
      const here = `${place}/${name}`;
      this.#require(here, property, child(child(after, "properties"), name), (one, other) =>
        this.#compareSchemas(here, direction, one, other),
      );
    }
  }

  #compareRequired(place: string, direction: Direction, before: string[], after: string[]): void {
    const [longer, shorter, what] =
      direction === "answer"
        ? [before, after, "may be absent now"]
        : [after, before, "is required now"];
    for (const name of longer.filter((one) => !shorter.includes(one))) {
      this.found.push(`${place}: ${name} ${what}`);
    }
  }

  #compareEnums(place: string, direction: Direction, before: string[], after: string[]): void {
    const [longer, shorter, what] =
      direction === "answer"
        ? [after, before, "is answered now"]
        : [before, after, "is refused now"];
    for (const value of longer.filter((one) => !shorter.includes(one))) {
      this.found.push(`${place}: ${value} ${what}`);
    }
  }

  #require(
    place: string,
    before: Node,
    after: Node | undefined,
    compare: (before: Node, after: Node) => void,
  ): void {
    if (after === undefined) {
      this.found.push(`${place}: removed`);
    } else {
      compare(before, after);
    }
  }

  #same(place: string, before: unknown, after: unknown): void {
    const [was, is] = [before, after].map((one) =>
      one === undefined ? "absent" : JSON.stringify(one),
    );
    if (was !== is) {
      this.found.push(`${place}: was ${was}, is ${is}`);
    }
  }
}

function child(node: Node | undefined, key: string): Node | undefined {
  return node?.[key] as Node | undefined;
}

function members(node: Node, key: string): [string, Node][] {
  return Object.entries(child(node, key) ?? {}) as [string, Node][];
}

function parametersOf(operation: Node): Map<string, Node> {
  const parameters = (operation["parameters"] ?? []) as Node[];
  return new Map(parameters.map((one) => [`${String(one["in"])} ${String(one["name"])}`, one]));
}

function words(value: unknown): string[] {
  return ((value ?? []) as unknown[]).map(String);
}

function resolved(document: Node, schema: Node | undefined): Node | undefined {
  const reference = schema?.["$ref"];
  if (typeof reference !== "string") {
    return schema;
  }
  const name = reference.replace("#/components/schemas/", "");
  return child(child(child(document, "components"), "schemas"), name);
}
