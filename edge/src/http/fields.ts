import { type JsonObject, isObject } from "./body.js";
import { Problem } from "./problem.js";

/** Reads fields of a JSON object; a wrong one is a 400 that names it. Null counts as left out. */
export class Fields {
  constructor(
    private readonly object: JsonObject,
    private readonly path = "",
  ) {}

  text(name: string, shape: RegExp, description: string): string {
    return this.optionalText(name, shape, description) ?? this.missing(name);
  }

  optionalText(name: string, shape: RegExp, description: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || (typeof value === "string" && shape.test(value))) {
      return value;
    }
    return this.wrong(name, description);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    return this.optionalOneOf(name, allowed) ?? this.missing(name);
  }

  optionalOneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : this.member(name, allowed, value);
  }

  /** A list of at least one; each name at most once, in the order of `allowed`. */
  optionalSetOf<T extends string>(name: string, allowed: readonly T[]): T[] | undefined {
    const value = this.value(name);
    if (value === undefined) {
      return undefined;
    }
    if (!Array.isArray(value) || value.length === 0) {
      return this.wrong(name, `a list of at least one of ${allowed.join(", ")}`);
    }
    const members = new Set(value.map((item: unknown) => this.member(name, allowed, item)));
    return allowed.filter((item) => members.has(item));
  }

  integer(name: string, minimum: number): number {
    const value = this.value(name) ?? this.missing(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < minimum) {
      return this.wrong(name, `a whole number, ${minimum} or more`);
    }
    return value;
  }

  optionalObject(name: string): JsonObject | undefined {
    const value = this.value(name);
    return value === undefined || isObject(value) ? value : this.wrong(name, "an object");
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.object, name) ? (this.object[name] ?? undefined) : undefined;
  }

  private member<T extends string>(name: string, allowed: readonly T[], value: unknown): T {
    return (
      allowed.find((item) => item === value) ?? this.wrong(name, `one of ${allowed.join(", ")}`)
    );
  }

  private missing(name: string): never {
    throw new Problem("invalid_request", `${this.path}${name} is missing`);
  }

  private wrong(name: string, description: string): never {
    throw new Problem("invalid_request", `${this.path}${name} must be ${description}`);
  }
}
