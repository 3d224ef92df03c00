import type { PubSubSettings, StorageSettings } from "../config.js";
import { selfSignedJwt, type ServiceAccountKey } from "./service-account.js";

const TIMEOUT_MS = 5_000;

interface Question {
  readonly url: URL;
  readonly key: ServiceAccountKey;
  readonly audience: string;
  readonly permission: string;
  /** Left out: the URL says it all. */
  readonly body?: object;
}

/**
 * What is in the way of publishing to a topic; undefined: nothing
 * (https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/testIamPermissions).
 */
export function publishingRefused(
  { endpoint, project, key }: PubSubSettings,
  topic: string,
): Promise<string | undefined> {
  const permission = "pubsub.topics.publish";
  return refused({
    url: new URL(`/v1/projects/${project}/topics/${topic}:testIamPermissions`, endpoint),
    key,
    audience: "https://pubsub.googleapis.com/",
    permission,
    body: { permissions: [permission] },
  });
}

/**
 * What is in the way of reading images; undefined: nothing. Whether it may create uploads as well cannot
 * be asked: that right holds for names only
 * (https://cloud.google.com/storage/docs/json_api/v1/buckets/testIamPermissions).
 */
export function readingRefused({
  endpoint,
  bucket,
  key,
}: StorageSettings): Promise<string | undefined> {
  const permission = "storage.objects.get";
  const url = new URL(`/storage/v1/b/${bucket}/iam/testPermissions`, endpoint);
  url.searchParams.set("permissions", permission);
  return refused({ url, key, audience: "https://storage.googleapis.com/", permission });
}

/** In words for everybody: no account is named. */
async function refused(question: Question): Promise<string | undefined> {
  const { url, key, audience, permission, body } = question;
  try {
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${await selfSignedJwt(key, audience)}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return `${url.host} answered ${response.status}`;
    }
    const { permissions = [] } = await response.json<{ permissions?: readonly string[] }>();
    return permissions.includes(permission) ? undefined : `the key lacks ${permission}`;
  } catch {
    return `${url.host} does not answer`;
  }
}
