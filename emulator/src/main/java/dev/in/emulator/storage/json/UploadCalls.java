package dev.in.emulator.storage.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.in.emulator.storage.http.Bodies;
import dev.in.emulator.storage.http.ObjectHeaders;
import dev.in.emulator.storage.object.Attributes;
import dev.in.emulator.storage.object.ExpectedHashes;
import dev.in.emulator.storage.object.ObjectId;
import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.SizeLimits;
import dev.in.emulator.storage.object.StagedContent;
import dev.in.emulator.storage.object.StorageFailure;
import dev.in.emulator.storage.object.StoredObject;
import dev.in.emulator.storage.upload.ContentRange;
import dev.in.emulator.storage.upload.MultipartRelated;
import dev.in.emulator.storage.upload.ResumableUpload;
import dev.in.emulator.storage.upload.ResumableUploads;
import dev.in.emulator.storage.upload.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads: in one request with or without metadata, or resumable in many. */
public final class UploadCalls {
  private static final Set<String> PARAMETERS =
      Set.of(
          "contentEncoding",
          "ifGenerationMatch",
          "ifGenerationNotMatch",
          "name",
          "uploadType",
          "upload_id");

  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=([\"']?)([^\"';]+)\\1", Pattern.CASE_INSENSITIVE);

  private static final HttpStatus RESUME_INCOMPLETE = HttpStatus.valueOf(308);

  private final ObjectStore store;
  private final ResumableUploads resumables;

  public UploadCalls(ObjectStore store, ResumableUploads resumables) {
    this.store = requireNonNull(store, "store is null");
    this.resumables = requireNonNull(resumables, "resumables is null");
  }

  HttpResponse insert(StorageRequest request) throws IOException {
    request.parameters().allowOnly(PARAMETERS);
    String type = request.parameters().text("uploadType").orElse("");
    return switch (type) {
      case "media" -> media(request);
      case "multipart" -> multipart(request);
      case "resumable" -> begin(request);
      default -> throw StorageFailure.invalid("Invalid upload type: \"%s\"", type);
    };
  }

  private HttpResponse media(StorageRequest request) throws IOException {
    Attributes attributes =
        Attributes.NONE
            .withDefault("contentType", request.header("content-type"))
            .withDefault("contentEncoding", request.parameters().text("contentEncoding"));
    Upload upload = upload(request, nameParameter(request), attributes, ExpectedHashes.NONE);
    try (InputStream body = Bodies.unpacked(request.http())) {
      return receive(request, upload, body);
    }
  }

  private HttpResponse multipart(StorageRequest request) throws IOException {
    String boundary =
        request
            .header("content-type")
            .filter(UploadCalls::isRelated)
            .flatMap(UploadCalls::boundary)
            .orElseThrow(
                () ->
                    StorageFailure.invalid(
                        "The body is not multipart/related, or names no boundary."));
    try (InputStream body = Bodies.unpacked(request.http())) {
      var multipart = new MultipartRelated(body, boundary);
      multipart.begin();
      JsonNode resource =
          Resources.read(new ByteArrayInputStream(multipart.next().content().readAllBytes()));
      MultipartRelated.Part media = multipart.next();
      Attributes attributes =
          Attributes.of(resource)
              .withDefault("contentType", Optional.ofNullable(media.headers().get("content-type")));
      Upload upload =
          upload(request, name(request, resource), attributes, ExpectedHashes.of(resource));
      return receive(request, upload, media.content());
    }
  }

  /** A form of any page could send {@code multipart/form-data}. */
  private static boolean isRelated(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/related;");
  }

  /** Plain, in double quotes, or in single ones, which gcloud sends. */
  private static Optional<String> boundary(String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    return matcher.find() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  private HttpResponse receive(StorageRequest request, Upload upload, InputStream content)
      throws IOException {
    store.checkInsertable(upload.id(), upload.preconditions());
    try (StagedContent staged =
        StagedContent.receive(content, store.freshFile(), upload.limits())) {
      upload.hashes().check(staged.hashes());
      return StorageRequest.ok(request.resources().object(insert(upload, staged)));
    }
  }

  private StoredObject insert(Upload upload, StagedContent staged) throws IOException {
    return store.insert(upload.id(), upload.attributes(), staged, upload.preconditions());
  }

  private HttpResponse begin(StorageRequest request) throws IOException {
    JsonNode resource = request.json();
    Attributes attributes =
        Attributes.of(resource).withDefault("contentType", request.header("x-upload-content-type"));
    Upload upload =
        upload(request, name(request, resource), attributes, ExpectedHashes.of(resource));
    String id = resumables.begin(upload, announcedLength(request));
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .add(
                HttpHeaderNames.LOCATION,
                "http://" + request.http().authority() + request.http().path() + "&upload_id=" + id)
            .add("x-guploader-uploadid", id)
            .contentLength(0)
            .build());
  }

  private static OptionalLong announcedLength(StorageRequest request) {
    Optional<String> length = request.header("x-upload-content-length");
    try {
      return length.isPresent()
          ? OptionalLong.of(Long.parseUnsignedLong(length.get()))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      throw StorageFailure.invalid("Invalid X-Upload-Content-Length: %s", length.get());
    }
  }

  /** A chunk of a resumable upload, or with a range of {@code *} the question how far it is. */
  HttpResponse resume(StorageRequest request) throws IOException {
    request.parameters().allowOnly(PARAMETERS);
    ResumableUpload upload = find(request);
    try (InputStream body = Bodies.of(request.http())) {
      return progress(request, upload.put(range(request), body, request.hashes(), this::insert));
    }
  }

  private ResumableUpload find(StorageRequest request) {
    return resumables.find(
        request
            .parameters()
            .text("upload_id")
            .orElseThrow(() -> StorageFailure.unsupported("PUT without upload_id")));
  }

  /** Without a range the body is the whole content. */
  private static ContentRange range(StorageRequest request) {
    Optional<String> range = request.header("content-range");
    if (range.isPresent()) {
      return ContentRange.parse(range.get());
    }
    long length = request.http().headers().contentLength();
    if (length < 0) {
      throw StorageFailure.unsupported("a chunk of unknown length");
    }
    return new ContentRange(
        length == 0
            ? Optional.empty()
            : Optional.of(new ContentRange.Chunk(0, OptionalLong.of(length))),
        OptionalLong.of(length));
  }

  private static HttpResponse progress(StorageRequest request, ResumableUpload.Progress progress) {
    if (progress.result().isPresent()) {
      StoredObject object = progress.result().get();
      var headers = ResponseHeaders.builder(HttpStatus.OK).contentType(MediaType.JSON_UTF_8);
      ObjectHeaders.addVersion(headers, object);
      return HttpResponse.of(
          headers.build(), HttpData.wrap(Resources.bytes(request.resources().object(object))));
    }
    var headers = ResponseHeaders.builder(RESUME_INCOMPLETE).contentLength(0);
    if (progress.persisted() > 0) {
      headers.add(HttpHeaderNames.RANGE, "bytes=0-" + (progress.persisted() - 1));
    }
    return HttpResponse.of(headers.build());
  }

  HttpResponse cancel(StorageRequest request) throws IOException {
    find(request).cancel();
    throw new StorageFailure(StorageFailure.Kind.UPLOAD_CANCELLED, "The upload was cancelled.");
  }

  private static Upload upload(
      StorageRequest request, String name, Attributes attributes, ExpectedHashes hashes) {
    return new Upload(
        new ObjectId(request.call().bucket(), name),
        attributes,
        request.parameters().preconditions(),
        hashes.or(request.hashes()),
        SizeLimits.DEFAULT);
  }

  private static String nameParameter(StorageRequest request) {
    return request.parameters().text("name").orElse("");
  }

  /** The parameter goes before the resource. */
  private static String name(StorageRequest request, JsonNode resource) {
    return request.parameters().text("name").orElseGet(() -> resource.path("name").asText());
  }
}
