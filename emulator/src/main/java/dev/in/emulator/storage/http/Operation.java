package dev.in.emulator.storage.http;

import com.linecorp.armeria.common.HttpMethod;
import java.util.List;

/**
 * What the JSON API can do here.
 *
 * <p>Sources: the methods of "Cloud Storage JSON API" in Google's documentation, and its price list
 * for the classes.
 */
public enum Operation {
  INSERT_BUCKET(HttpMethod.POST, "storage/v1/b", "buckets.insert", Billing.CLASS_A),
  GET_BUCKET(HttpMethod.GET, "storage/v1/b/{}", "buckets.get", Billing.CLASS_B),
  GET_STORAGE_LAYOUT(
      HttpMethod.GET, "storage/v1/b/{}/storageLayout", "buckets.getStorageLayout", Billing.CLASS_B),
  TEST_PERMISSIONS(
      HttpMethod.GET,
      "storage/v1/b/{}/iam/testPermissions",
      "buckets.testIamPermissions",
      Billing.CLASS_B),
  LIST(HttpMethod.GET, "storage/v1/b/{}/o", "objects.list", Billing.CLASS_A),
  GET(HttpMethod.GET, "storage/v1/b/{}/o/{}", "objects.get", Billing.CLASS_B),
  DOWNLOAD(HttpMethod.GET, "download/storage/v1/b/{}/o/{}", "objects.get", Billing.CLASS_B),
  DELETE(HttpMethod.DELETE, "storage/v1/b/{}/o/{}", "objects.delete", Billing.FREE),
  /** An upload in one request, or the beginning of a resumable one. */
  INSERT(HttpMethod.POST, "upload/storage/v1/b/{}/o", "objects.insert", Billing.CLASS_A),
  /** A chunk, or a question; a resumable upload is billed once, at its beginning. */
  CONTINUE_UPLOAD(HttpMethod.PUT, "upload/storage/v1/b/{}/o", "objects.insert.chunk", Billing.FREE),
  CANCEL_UPLOAD(
      HttpMethod.DELETE, "upload/storage/v1/b/{}/o", "objects.insert.cancel", Billing.FREE);

  /** The classes of operations that Cloud Storage has prices for. */
  enum Billing {
    CLASS_A,
    CLASS_B,
    FREE
  }

  private final HttpMethod method;
  private final List<String> template;
  private final String callName;
  private final Billing billing;

  Operation(HttpMethod method, String template, String callName, Billing billing) {
    this.method = method;
    this.template = List.of(template.split("/"));
    this.callName = "storage." + callName;
    this.billing = billing;
  }

  public HttpMethod method() {
    return method;
  }

  /** The path's segments, {@code {}} for each name in it. */
  public List<String> template() {
    return template;
  }

  /** Google's name for it; a chunk of a resumable upload and its end have names of ours. */
  public String callName() {
    return callName;
  }

  Billing billing() {
    return billing;
  }
}
