package dev.in.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * A collector of traces: OTLP over HTTP, as protobuf (functions) and as JSON (the edge).
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP</a>
 */
final class TraceCollector implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  /**
   * A span that has ended.
   *
   * @param kind as protobuf's number: 1 internal, 2 server, 3 client, 4 producer, 5 consumer
   * @param parentId empty for a root
   */
  record Span(
      String service, String name, int kind, String traceId, String spanId, String parentId) {}

  private TraceCollector(HttpServer server) {
    this.server = server;
  }

  static TraceCollector start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TraceCollector collector = new TraceCollector(server);
    server.createContext("/v1/traces", collector::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return collector;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The spans of one trace, in the order of their arrival; who gets no answer sends again. */
  List<Span> of(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).distinct().toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      byte[] body = body(exchange);
      spans.addAll(type.contains("json") ? ofJson(body) : ofProtobuf(body));
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream sent = exchange.getRequestBody();
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return (packed ? new GZIPInputStream(sent) : sent).readAllBytes();
  }

  private static List<Span> ofProtobuf(byte[] body) throws IOException {
    return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
        .flatMap(
            resource -> {
              String service = service(resource.getResource().getAttributesList());
              return resource.getScopeSpansList().stream()
                  .flatMap(scope -> scope.getSpansList().stream())
                  .map(
                      span ->
                          new Span(
                              service,
                              span.getName(),
                              span.getKindValue(),
                              hex(span.getTraceId()),
                              hex(span.getSpanId()),
                              hex(span.getParentSpanId())));
            })
        .toList();
  }

  private static String service(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static List<Span> ofJson(byte[] body) throws IOException {
    List<Span> spans = new CopyOnWriteArrayList<>();
    for (JsonNode resource : JSON.readTree(body).path("resourceSpans")) {
      String service = resource.at("/resource/attributes/0/value/stringValue").asText();
      for (JsonNode scope : resource.path("scopeSpans")) {
        for (JsonNode span : scope.path("spans")) {
          spans.add(
              new Span(
                  service,
                  span.path("name").asText(),
                  span.path("kind").asInt(),
                  span.path("traceId").asText(),
                  span.path("spanId").asText(),
                  span.path("parentSpanId").asText()));
        }
      }
    }
    return spans;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
