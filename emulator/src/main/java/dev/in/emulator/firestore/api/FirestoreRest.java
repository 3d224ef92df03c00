package dev.in.emulator.firestore.api;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.service.GoogleErrors;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Firestore's REST API for one document: get, patch, delete, as an operator's curl uses them.
 * Everything else of it answers UNIMPLEMENTED, parameters that are not known here too.
 */
public final class FirestoreRest implements HttpService {
  /** {@code /v1/projects/P/databases/D/documents/…}. */
  public static final String PATH = "/v1/projects/[^/]+/databases/[^/]+/documents/.+";

  private static final Pattern DOCUMENTS = Pattern.compile(PATH);
  private static final String MASK = "mask.fieldPaths";
  private static final String UPDATE_MASK = "updateMask.fieldPaths";
  private static final String EXISTS = "currentDocument.exists";

  private final DocumentReads reads;
  private final DocumentWrites writes;

  public FirestoreRest(DocumentReads reads, DocumentWrites writes) {
    this.reads = requireNonNull(reads, "reads is null");
    this.writes = requireNonNull(writes, "writes is null");
  }

  public static Optional<String> callName(RequestHeaders request) {
    if (!DOCUMENTS.matcher(request.path().split("\\?", 2)[0]).matches()) {
      return Optional.empty();
    }
    return method(request.method()).map(name -> "firestore.projects.databases.documents." + name);
  }

  private static Optional<String> method(HttpMethod method) {
    return switch (method) {
      case GET -> Optional.of("get");
      case PATCH -> Optional.of("patch");
      case DELETE -> Optional.of("delete");
      default -> Optional.empty();
    };
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(
                whole -> answer(context.decodedPath(), context.queryParams(), whole),
                context.blockingTaskExecutor()));
  }

  private HttpResponse answer(String path, QueryParams parameters, AggregatedHttpRequest request) {
    try {
      return json(call(path.substring("/v1/".length()), parameters, request));
    } catch (RuntimeException refused) {
      return GoogleErrors.json(Status.fromThrowable(refused));
    }
  }

  private Message call(String name, QueryParams parameters, AggregatedHttpRequest request) {
    return switch (request.method()) {
      case GET -> {
        allow(parameters, MASK);
        GetDocumentRequest.Builder get = GetDocumentRequest.newBuilder().setName(name);
        mask(parameters, MASK).ifPresent(get::setMask);
        yield reads.get(get.build());
      }
      case PATCH -> {
        allow(parameters, UPDATE_MASK, EXISTS);
        UpdateDocumentRequest.Builder update =
            UpdateDocumentRequest.newBuilder().setDocument(document(name, request.contentUtf8()));
        mask(parameters, UPDATE_MASK).ifPresent(update::setUpdateMask);
        exists(parameters).ifPresent(update::setCurrentDocument);
        yield writes.update(update.build());
      }
      case DELETE -> {
        allow(parameters, EXISTS);
        DeleteDocumentRequest.Builder delete = DeleteDocumentRequest.newBuilder().setName(name);
        exists(parameters).ifPresent(delete::setCurrentDocument);
        writes.delete(delete.build());
        yield Empty.getDefaultInstance();
      }
      default -> throw Errors.unsupported(request.method() + " of documents");
    };
  }

  private static Document document(String name, String json) {
    Document.Builder document = Document.newBuilder();
    try {
      JsonFormat.parser().merge(json, document);
    } catch (InvalidProtocolBufferException e) {
      throw Errors.invalid("Invalid JSON payload received: %s", e.getMessage());
    }
    return document.setName(name).build();
  }

  private static Optional<DocumentMask> mask(QueryParams parameters, String parameter) {
    return parameters.contains(parameter)
        ? Optional.of(
            DocumentMask.newBuilder().addAllFieldPaths(parameters.getAll(parameter)).build())
        : Optional.empty();
  }

  private static Optional<Precondition> exists(QueryParams parameters) {
    return Optional.ofNullable(parameters.get(EXISTS))
        .map(given -> Precondition.newBuilder().setExists(Boolean.parseBoolean(given)).build());
  }

  private static void allow(QueryParams parameters, String... known) {
    parameters.names().stream()
        .filter(name -> !Set.of(known).contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw Errors.unsupported("the parameter " + name);
            });
  }

  private static HttpResponse json(Message message) {
    try {
      return HttpResponse.of(
          HttpStatus.OK, MediaType.JSON_UTF_8, JsonFormat.printer().print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer has no JSON form", e);
    }
  }
}
