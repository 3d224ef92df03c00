package dev.in.emulator.storage.object;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A rejected request. Each API answers it in its own form. */
public final class StorageFailure extends RuntimeException {

  /**
   * The kinds of refusal, with the status, the JSON API's reason and the XML API's code.
   *
   * <p>Sources: "HTTP status and error codes" for JSON and for XML in Cloud Storage's
   * documentation.
   */
  public enum Kind {
    NOT_MODIFIED(304, "notModified", "NotModified"),
    INVALID(400, "invalid", "InvalidArgument"),
    REQUIRED(400, "required", "InvalidArgument"),
    BAD_DIGEST(400, "invalid", "BadDigest"),
    TOO_LARGE(400, "uploadTooLarge", "EntityTooLarge"),
    TOO_SMALL(400, "invalid", "EntityTooSmall"),
    EXPIRED_SIGNATURE(400, "invalid", "ExpiredToken"),
    MALFORMED_SIGNATURE(400, "invalid", "MalformedSecurityHeader"),
    WRONG_SIGNATURE(403, "forbidden", "SignatureDoesNotMatch"),
    DENIED(403, "forbidden", "AccessDenied"),
    NO_BUCKET(404, "notFound", "NoSuchBucket"),
    NO_OBJECT(404, "notFound", "NoSuchKey"),
    NO_UPLOAD(404, "notFound", "NoSuchUpload"),
    CONFLICT(409, "conflict", "BucketAlreadyOwnedByYou"),
    CONDITION_NOT_MET(412, "conditionNotMet", "PreconditionFailed"),
    BAD_RANGE(416, "requestedRangeNotSatisfiable", "InvalidRange"),
    UPLOAD_CANCELLED(499, "clientClosedRequest", "ClientClosedRequest"),
    UNSUPPORTED(501, "notImplemented", "NotImplemented"),
    AHEAD_OF_UPLOAD(503, "backendError", "ServiceUnavailable");

    private final int status;
    private final String reason;
    private final String xmlCode;

    Kind(int status, String reason, String xmlCode) {
      this.status = status;
      this.reason = reason;
      this.xmlCode = xmlCode;
    }

    public int status() {
      return status;
    }

    public String reason() {
      return reason;
    }

    public String xmlCode() {
      return xmlCode;
    }
  }

  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final transient SequencedMap<String, String> xmlElements;

  public StorageFailure(Kind kind, String message) {
    this(kind, message, Collections.emptySortedMap());
  }

  /**
   * @param xmlElements what the XML API adds to an error of that kind, by the elements' names
   */
  public StorageFailure(Kind kind, String message, SequencedMap<String, String> xmlElements) {
    super(requireNonNull(message, "message is null"), null, false, false);
    this.kind = requireNonNull(kind, "kind is null");
    this.xmlElements = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(xmlElements));
  }

  /** A signature that cannot be read, or does not cover what it must. */
  public static StorageFailure malformedSignature(String parameter, String details) {
    return new StorageFailure(
        Kind.MALFORMED_SIGNATURE, details, new LinkedHashMap<>(Map.of("ParameterName", parameter)));
  }

  public Kind kind() {
    return kind;
  }

  public SequencedMap<String, String> xmlElements() {
    return xmlElements;
  }

  public static StorageFailure invalid(String format, Object... arguments) {
    return new StorageFailure(Kind.INVALID, String.format(format, arguments));
  }

  static StorageFailure noBucket() {
    return new StorageFailure(Kind.NO_BUCKET, "The specified bucket does not exist.");
  }

  static StorageFailure noObject(ObjectId id) {
    return new StorageFailure(Kind.NO_OBJECT, "No such object: " + id);
  }

  static StorageFailure conditionNotMet() {
    return new StorageFailure(
        Kind.CONDITION_NOT_MET, "At least one of the pre-conditions you specified did not hold.");
  }

  /** What Cloud Storage can do and this local cloud cannot. */
  public static StorageFailure unsupported(String what) {
    return new StorageFailure(
        Kind.UNSUPPORTED, "The local cloud's Storage does not support " + what + ".");
  }
}
