package dev.in.emulator.storage.xml;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.storage.http.Bodies;
import dev.in.emulator.storage.http.ByteRange;
import dev.in.emulator.storage.http.Cors;
import dev.in.emulator.storage.http.ObjectHeaders;
import dev.in.emulator.storage.http.Operation;
import dev.in.emulator.storage.http.Parameters;
import dev.in.emulator.storage.http.Percent;
import dev.in.emulator.storage.http.StorageUsage;
import dev.in.emulator.storage.http.Target;
import dev.in.emulator.storage.http.UnexpectedFailures;
import dev.in.emulator.storage.object.Attributes;
import dev.in.emulator.storage.object.ExpectedHashes;
import dev.in.emulator.storage.object.ObjectId;
import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.Preconditions;
import dev.in.emulator.storage.object.SizeLimits;
import dev.in.emulator.storage.object.StagedContent;
import dev.in.emulator.storage.object.StorageFailure;
import dev.in.emulator.storage.object.StoredObject;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of the XML API that signed URLs use: {@code PUT}, {@code GET} and {@code HEAD} of {@code
 * /BUCKET/OBJECT}. A request without a signature is refused.
 */
public final class XmlApi implements HttpService {
  private static final String METADATA_HEADER = "x-goog-meta-";
  private static final Set<String> HEADERS =
      Set.of(
          "x-goog-content-length-range",
          "x-goog-content-sha256",
          "x-goog-hash",
          "x-goog-if-generation-match");

  /** What a {@code GET} may ask to be answered instead of what the object has. */
  private static final Map<String, AsciiString> RESPONSE_HEADERS =
      Map.of(
          "response-content-disposition", HttpHeaderNames.CONTENT_DISPOSITION,
          "response-content-type", HttpHeaderNames.CONTENT_TYPE);

  private final ObjectStore store;
  private final SignatureCheck signatures;
  private final StorageUsage usage;

  public XmlApi(ObjectStore store, SignatureCheck signatures, StorageUsage usage) {
    this.store = requireNonNull(store, "store is null");
    this.signatures = requireNonNull(signatures, "signatures is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (Cors.isPreflight(request.headers())) {
      return Cors.preflight(request.headers());
    }
    return HttpResponse.of(
        () -> Cors.opened(request.headers(), answer(context, request)),
        context.blockingTaskExecutor());
  }

  private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
    try {
      Target target = Target.parse(context.rawPath());
      ObjectId id = object(target.path());
      store.bucket(id.bucket());
      signatures.check(request, target);
      checkHeaders(request);
      checkParameters(request.method(), target.parameters());
      return switch (request.method()) {
        case PUT -> put(id, request);
        case GET -> get(id, request, target.parameters(), context);
        case HEAD -> head(id, request);
        default -> throw StorageFailure.unsupported(request.method() + " of signed URLs");
      };
    } catch (StorageFailure failure) {
      return XmlErrors.refusal(failure);
    } catch (IOException | RuntimeException e) {
      return UnexpectedFailures.answer(context, e);
    }
  }

  /** Refuses headers that would have no effect. */
  private static void checkHeaders(HttpRequest request) {
    for (AsciiString name : request.headers().names()) {
      String header = name.toString();
      if (header.startsWith("x-goog-")
          && !header.startsWith(METADATA_HEADER)
          && !HEADERS.contains(header)) {
        throw StorageFailure.unsupported("the header " + header);
      }
    }
  }

  /** Refuses parameters that would have no effect. */
  private static void checkParameters(HttpMethod method, Parameters parameters) {
    for (String name : parameters.values().keySet()) {
      boolean isKnown =
          name.startsWith("X-Goog-")
              || (method == HttpMethod.GET && RESPONSE_HEADERS.containsKey(name));
      if (!isKnown) {
        throw StorageFailure.unsupported("the parameter \"" + name + "\" here");
      }
    }
  }

  /** The operation that a request is counted as; empty for a path that names no object. */
  public static Optional<Operation> operation(HttpMethod method) {
    return switch (method) {
      case PUT -> Optional.of(Operation.INSERT);
      case GET, HEAD -> Optional.of(Operation.GET);
      default -> Optional.empty();
    };
  }

  private static ObjectId object(String path) {
    int slash = path.indexOf('/', 1);
    if (slash < 0) {
      throw StorageFailure.unsupported("the XML API of buckets");
    }
    return new ObjectId(
        Percent.decode(path.substring(1, slash)), Percent.decode(path.substring(slash + 1)));
  }

  private HttpResponse put(ObjectId id, HttpRequest request) throws IOException {
    Preconditions preconditions = preconditions(request);
    SizeLimits limits = limits(request);
    store.checkInsertable(id, preconditions);
    long announced = request.headers().contentLength();
    if (announced >= 0) {
      limits.checkWhole(announced);
    }
    try (InputStream body = Bodies.of(request);
        StagedContent staged = StagedContent.receive(body, store.freshFile(), limits)) {
      hashes(request).check(staged.hashes());
      StoredObject object = store.insert(id, attributes(request), staged, preconditions);
      usage.count(Operation.INSERT);
      var headers = ResponseHeaders.builder(HttpStatus.OK).contentLength(0);
      ObjectHeaders.addVersion(headers, object);
      return HttpResponse.of(headers.build());
    }
  }

  private HttpResponse get(
      ObjectId id, HttpRequest request, Parameters parameters, ServiceRequestContext context)
      throws IOException {
    ObjectStore.Content content = store.open(id, OptionalLong.empty(), preconditions(request));
    try {
      ByteRange range =
          ByteRange.of(
              Optional.ofNullable(request.headers().get(HttpHeaderNames.RANGE)),
              content.object().size());
      usage.count(Operation.GET);
      return Bodies.send(
          asRequested(ObjectHeaders.of(content.object(), range), parameters),
          content.channel(),
          range,
          context.blockingTaskExecutor());
    } catch (StorageFailure badRange) {
      content.channel().close();
      return ObjectHeaders.unsatisfiable(content.object());
    }
  }

  private static ResponseHeaders asRequested(ResponseHeaders headers, Parameters parameters) {
    var changed = headers.toBuilder();
    RESPONSE_HEADERS.forEach(
        (parameter, header) ->
            parameters.text(parameter).ifPresent(value -> changed.set(header, value)));
    return changed.build();
  }

  private HttpResponse head(ObjectId id, HttpRequest request) {
    StoredObject object = store.get(id, OptionalLong.empty(), preconditions(request));
    usage.count(Operation.GET);
    return HttpResponse.of(ObjectHeaders.of(object, ByteRange.of(Optional.empty(), object.size())));
  }

  private static Preconditions preconditions(HttpRequest request) {
    return new Preconditions(number(request, "x-goog-if-generation-match"), OptionalLong.empty());
  }

  private static OptionalLong number(HttpRequest request, String header) {
    String text = request.headers().get(header);
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw StorageFailure.invalid("Invalid value for header %s: %s", header, text);
    }
  }

  private static SizeLimits limits(HttpRequest request) {
    String range = request.headers().get("x-goog-content-length-range");
    if (range == null) {
      return SizeLimits.DEFAULT;
    }
    try {
      String[] ends = range.split(",", 2);
      return new SizeLimits(Long.parseLong(ends[0].strip()), Long.parseLong(ends[1].strip()));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw StorageFailure.invalid("Invalid x-goog-content-length-range: %s", range);
    }
  }

  private static ExpectedHashes hashes(HttpRequest request) {
    return ExpectedHashes.ofHeaders(request.headers().getAll("x-goog-hash"))
        .or(
            new ExpectedHashes(
                Optional.empty(), Optional.ofNullable(request.headers().get("content-md5"))));
  }

  private static Attributes attributes(HttpRequest request) {
    var metadata = new TreeMap<String, String>();
    request
        .headers()
        .forEach(
            (name, value) -> {
              String header = name.toString();
              if (header.startsWith(METADATA_HEADER)) {
                metadata.put(header.substring(METADATA_HEADER.length()), value);
              }
            });
    return new Attributes(Map.of(), metadata)
        .withDefault("contentType", header(request, "content-type"))
        .withDefault("contentEncoding", header(request, "content-encoding"))
        .withDefault("contentDisposition", header(request, "content-disposition"))
        .withDefault("contentLanguage", header(request, "content-language"))
        .withDefault("cacheControl", header(request, "cache-control"));
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return Optional.ofNullable(request.headers().get(name));
  }
}
