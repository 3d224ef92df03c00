package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.testing.TestCertificate;
import dev.in.core.testing.TestingHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A host with a certificate, names that lead to it, and a fetcher that trusts it. */
final class FetchFixture implements AutoCloseable {
  static final TestCertificate CERTIFICATE = TestCertificate.make();
  static final byte[] IMAGE = new byte[100_000];

  static {
    for (int i = 0; i < IMAGE.length; i++) {
      IMAGE[i] = (byte) (i * 31);
    }
  }

  static final String OK = "HTTP/1.1 200 OK\nContent-Type: image/jpeg";

  final TestingHost host = TestingHost.https(CERTIFICATE);
  final TestingNameResolver names = new TestingNameResolver().answer("photos.example", "127.0.0.1");
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  Duration time = Duration.ofSeconds(20);
  Duration idle = Duration.ofSeconds(10);
  long maxBytes = 1_000_000;

  private GuardedFetcher fetcher;

  /** The address rules hold for everything but the host under its good name. */
  FetchFixture() {
    fetcher = fetcher(List.of("https"), "photos.example:" + host.port());
  }

  GuardedFetcher fetcher(List<String> schemes, String... allowed) {
    return fetcher(names, schemes, allowed);
  }

  /** As usual, but for the resolver. */
  GuardedFetcher fetcher(NameResolver resolver) {
    return fetcher(resolver, List.of("https"), "photos.example:" + host.port());
  }

  private GuardedFetcher fetcher(NameResolver resolver, List<String> schemes, String... allowed) {
    return new GuardedFetcher(
        new FetchOptions(
            new TreeSet<>(schemes),
            Set.of(443, host.port()),
            Arrays.stream(allowed).map(Endpoint::parse).collect(Collectors.toSet()),
            List.of(CERTIFICATE.certificate())),
        resolver);
  }

  void use(GuardedFetcher other) {
    fetcher.close();
    fetcher = other;
  }

  String url(String path) {
    return host.url("photos.example", path);
  }

  FetchedHeader fetch(String path) throws FetchFailure, IOException {
    return fetchUrl(url(path));
  }

  FetchedHeader fetchUrl(String url) throws FetchFailure, IOException {
    received.reset();
    return fetcher.fetch(url, limits(), (header, body) -> body.transferTo(received));
  }

  FetchedHeader fetchInto(String path, BodySink sink) throws FetchFailure, IOException {
    return fetcher.fetch(url(path), limits(), sink);
  }

  FetchFailure failure(String path) {
    return failureOf(url(path));
  }

  FetchFailure failureOf(String url) {
    return catchThrowableOfType(FetchFailure.class, () -> fetchUrl(url));
  }

  Limits limits() {
    return new Limits(maxBytes, new HostTime(time), idle, idle);
  }

  @Override
  public void close() {
    fetcher.close();
    host.close();
  }
}
