package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.zip.GZIPInputStream;

/**
 * Fetches a URL that a user supplied. Scheme, port and address are checked before each connection,
 * redirects included; size and time are bounded; memory does not grow with the body.
 *
 * <p>Only 200 and 203 are taken for an answer. A body is asked for uncompressed; one that comes in
 * gzip all the same is unpacked within the same limit, any other coding is refused. Thread-safe and
 * made for virtual threads.
 */
public final class GuardedFetcher implements Fetcher, AutoCloseable {
  /** RFC 9110 asks for a bound on redirects; the design sets this one. */
  static final int MAX_REDIRECTS = 3;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final AccessRules accessRules;
  private final Transport transport;
  private final ScheduledThreadPoolExecutor clock;

  public GuardedFetcher(FetchOptions options, NameResolver resolver) {
    requireNonNull(options, "options is null");
    this.accessRules = new AccessRules(options, requireNonNull(resolver, "resolver is null"));
    this.transport = new Transport(Trust.context(options.trusted()));
    this.clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    this.clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public FetchedHeader fetch(String url, Limits limits, BodySink sink)
      throws FetchFailure, IOException {
    requireNonNull(sink, "sink is null");
    TargetUrl target = UrlParser.parse(requireNonNull(url, "url is null"));
    try (HostTimer timer = new HostTimer(limits.time(), clock)) {
      for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        try (HostResponse answer = ask(target, limits, timer)) {
          if (!REDIRECTS.contains(answer.status())) {
            requireSuccess(answer.status());
            return deliver(answer, target, limits, timer, sink);
          }
          target = follow(answer, target);
        }
      }
      throw FetchFailure.unreachable("The host redirects too often");
    }
  }

  private HostResponse ask(TargetUrl target, Limits limits, HostTimer timer)
      throws FetchFailure, IOException {
    List<InetAddress> addresses = accessRules.admit(target);
    try {
      return timer.onHostTime(() -> transport.get(target, addresses, limits, timer));
    } catch (InterruptedFetchException e) {
      throw e;
    } catch (IOException e) {
      throw TransportErrors.toFailure(e, timer);
    }
  }

  private static TargetUrl follow(HostResponse answer, TargetUrl from) throws FetchFailure {
    Optional<String> location = answer.header("Location");
    if (location.isEmpty()) {
      throw FetchFailure.unreachable("The host redirects without saying where to");
    }
    return UrlParser.resolve(from, location.get());
  }

  private static void requireSuccess(int status) throws FetchFailure {
    if (status == 200 || status == 203) {
      return;
    }
    String message = "The host answered with status " + status;
    if (status == 404 || status == 410) {
      throw FetchFailure.notFound(message);
    }
    boolean mayPass = status >= 500 && status != 501 && status != 505;
    throw mayPass || status == 408 || status == 425 || status == 429
        ? FetchFailure.unreachableNow(message)
        : FetchFailure.unreachable(message);
  }

  private static FetchedHeader deliver(
      HostResponse answer, TargetUrl url, Limits limits, HostTimer timer, BodySink sink)
      throws FetchFailure, IOException {
    OptionalLong length = answer.contentLength();
    if (length.orElse(0) > limits.maxBytes()) {
      throw FetchFailure.tooLarge(limits.maxBytes());
    }
    boolean packed = isPacked(answer);
    FetchedHeader header =
        new FetchedHeader(
            answer.header("Content-Type").map(GuardedFetcher::printable),
            packed ? OptionalLong.empty() : length,
            url);
    GuardedBody body = new GuardedBody(open(answer, packed, limits.maxBytes(), timer), timer);
    try {
      sink.receive(header, body);
    } catch (IOException | RuntimeException e) {
      throwFailureOf(body);
      throw e;
    }
    throwFailureOf(body);
    return header;
  }

  private static InputStream open(
      HostResponse answer, boolean packed, long maxBytes, HostTimer timer)
      throws FetchFailure, IOException {
    try {
      InputStream wire = new BoundedStream(answer.body(), maxBytes);
      return packed
          ? timer.onHostTime(() -> new BoundedStream(new GZIPInputStream(wire), maxBytes))
          : wire;
    } catch (InterruptedFetchException e) {
      throw e;
    } catch (IOException e) {
      throw TransportErrors.toFailure(e, timer);
    }
  }

  private static boolean isPacked(HostResponse answer) throws FetchFailure {
    String coding =
        answer.header("Content-Encoding").orElse("identity").strip().toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw FetchFailure.unreachable("The host compresses its answer, though not asked to");
    };
  }

  private static void throwFailureOf(GuardedBody body) throws FetchFailure {
    if (body.failure().isPresent()) {
      throw body.failure().get();
    }
  }

  private static String printable(String value) {
    String clean = value.replaceAll("[^\\x20-\\x7e]", "");
    return clean.substring(0, Math.min(clean.length(), 255));
  }

  /** Ends no fetch that is under way: each ends by its own deadline. */
  @Override
  public void close() {
    clock.shutdown();
  }
}
