type Values = Readonly<Record<string, string | number | undefined>>;

/** The input of any operation. */
export interface RequestInput {
  readonly path?: Values | undefined;
  readonly query?: Values | undefined;
  readonly headers?: Values | undefined;
  /** A list is sent as NDJSON. */
  readonly body?: unknown;
}

/** @param name such as `GET /v1/tasks/{taskId}` */
export function urlOf(name: string, { path = {}, query = {} }: RequestInput): string {
  const template = name.slice(name.indexOf(" ") + 1);
  const pathname = template.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String(path[key])),
  );
  const search = new URLSearchParams(Object.entries(query).flatMap(given)).toString();
  return search === "" ? pathname : `${pathname}?${search}`;
}

/** Without what authenticates it. */
export function operationRequest(
  name: string,
  { headers = {}, body }: RequestInput,
): {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
} {
  const own = Object.fromEntries(
    Object.entries(headers)
      .flatMap(given)
      .map(([key, value]) => [key.toLowerCase(), value]),
  );
  const method = name.slice(0, name.indexOf(" "));
  if (body === undefined || body instanceof URLSearchParams) {
    return { method, headers: own, ...(body === undefined ? {} : { body }) };
  }
  if (Array.isArray(body)) {
    return {
      method,
      headers: { ...own, "content-type": "application/x-ndjson" },
      body: body.map((line) => `${JSON.stringify(line)}\n`).join(""),
    };
  }
  return {
    method,
    headers: { ...own, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

function given([key, value]: readonly [string, string | number | undefined]): [string, string][] {
  return value === undefined ? [] : [[key, String(value)]];
}
