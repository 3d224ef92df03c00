import { z } from "@hono/zod-openapi";
import { limits } from "../generated/limits.js";

// The building blocks of request schemas. Their messages read on after the name of the field.

type ErrorMap = (issue: { readonly input?: unknown }) => string;

/** A field that is left out is missing; any other wrong value "must be" something. */
export function mustBe(what: string): { readonly error: ErrorMap } {
  return { error: ({ input }) => (input === undefined ? "is missing" : `must be ${what}`) };
}

export function text(pattern: RegExp, what: string): z.ZodString {
  return z.string(mustBe(what)).regex(pattern, mustBe(what));
}

/** A short text that is shown or compared, and whose values are an open set. */
export function name(what: string): z.ZodString {
  const error = mustBe(what);
  return z.string(error).min(1, error).max(128, error);
}

const MAX_FILE_NAME_LENGTH = 255;
const aFileName = mustBe(`1 to ${MAX_FILE_NAME_LENGTH} characters without / and \\`);

/** As a user's file is named, for lists and searches. */
export const fileName = z
  .string(aFileName)
  .min(1, aFileName)
  .max(MAX_FILE_NAME_LENGTH, aFileName)
  .refine((value) => !/[\p{Cc}/\\]/u.test(value), aFileName);

export function oneOf<const T extends readonly string[]>(
  values: T,
): z.ZodEnum<z.util.ToEnum<T[number]>> {
  return z.enum(values, mustBe(`one of ${values.join(", ")}`));
}

export function wholeNumber(minimum: number): z.ZodNumber {
  const error = mustBe(`a whole number, ${minimum} or more`);
  return z.number(error).int(error).min(minimum, error);
}

/** A JSON object from a request. Null counts as left out, at any field. */
export function requestObject<T extends z.ZodObject>(schema: T): z.ZodPreprocess<T> {
  return z.preprocess(withoutNulls, schema);
}

/** A body whose every field is known: nothing that a request asks for is accepted and ignored. */
export function requestBody<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, { error: bodyError });
}

/** A body from another part of iN, which may be newer and say more than is known here. */
export function openRequestBody<S extends z.ZodRawShape>(shape: S): z.ZodObject<S> {
  return z.object(shape, { error: bodyError });
}

export const ownerPattern = /^[A-Za-z0-9_-]{1,64}$/;
export const ownerParams = z.object({ owner: z.string().regex(ownerPattern) });

export const taskIdParams = z.object({
  taskId: z.string().regex(limits.taskIdPattern),
});

function bodyError({ code }: { readonly code: string }): string | undefined {
  return code === "invalid_type" ? "the body must be a JSON object" : undefined;
}

function withoutNulls(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null))
    : value;
}
