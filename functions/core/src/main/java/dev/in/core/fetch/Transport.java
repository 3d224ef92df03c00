package dev.in.core.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;

/**
 * One GET on one fresh connection to one address, and nothing that a browser would add: no cookies,
 * no credentials, no redirects, no retries, no decompression, no proxy, no connection kept.
 *
 * <p>The client never gets a name that it could resolve: its own resolver refuses all.
 */
final class Transport {
  private static final DnsResolver NO_NAMES = new RefusingResolver();

  /** An answer's head is held in memory: a header line and their number are bounded. */
  private static final Http1Config BOUNDED_HEAD =
      Http1Config.custom()
          .setMaxLineLength(16 * 1024)
          .setMaxHeaderCount(200)
          .setMaxEmptyLineCount(10)
          .build();

  private final Registry<TlsSocketStrategy> tls;

  Transport(SSLContext trust) {
    this.tls =
        RegistryBuilder.<TlsSocketStrategy>create()
            .register("https", new DefaultClientTlsStrategy(trust))
            .build();
  }

  /** Tries the addresses in turn until one accepts a connection. */
  HostResponse get(TargetUrl url, List<InetAddress> addresses, Limits limits, HostTimer timer)
      throws IOException {
    IOException refused = new UnknownHostException();
    for (InetAddress address : addresses) {
      // Not `new Socket()`: that one would ask the system properties for a SOCKS proxy.
      Socket socket = new Socket(Proxy.NO_PROXY);
      timer.watch(socket);
      try {
        return get(url, address, limits, timer, socket);
      } catch (IOException | RuntimeException e) {
        boolean connected = socket.isConnected();
        socket.close();
        if (connected || timer.hasPassed() || !(e instanceof IOException)) {
          throw e;
        }
        refused = (IOException) e;
      }
    }
    throw refused;
  }

  private HostResponse get(
      TargetUrl url, InetAddress address, Limits limits, HostTimer timer, Socket socket)
      throws IOException {
    HttpHost target = new HttpHost(url.scheme(), address, url.host().text(), url.port());
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom().setResponseTimeout(timeout(timer, limits.idle())).build());
    HttpClient client = HttpClients.createMinimal(connections(limits, timer, socket));
    return new HostResponse(client.executeOpen(target, request(url, target), context), socket);
  }

  private BasicHttpClientConnectionManager connections(
      Limits limits, HostTimer timer, Socket socket) {
    BasicHttpClientConnectionManager connections =
        new BasicHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(proxy -> socket, null, NO_NAMES, tls),
            ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDED_HEAD).build());
    connections.setConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(timeout(timer, limits.connect()))
            .setSocketTimeout(timeout(timer, limits.idle()))
            .build());
    connections.setTlsConfig(
        TlsConfig.custom().setHandshakeTimeout(timeout(timer, limits.connect())).build());
    return connections;
  }

  private static ClassicHttpRequest request(TargetUrl url, HttpHost target) {
    ClassicHttpRequest request =
        new BasicClassicHttpRequest(Method.GET.name(), target, url.pathAndQuery());
    request.setHeader(HttpHeaders.HOST, url.authority());
    request.setHeader(HttpHeaders.ACCEPT, "image/*, */*;q=0.5");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    request.setHeader(HttpHeaders.USER_AGENT, "iN-fetch/1");
    request.setHeader(HttpHeaders.CONNECTION, "close");
    return request;
  }

  /** Never zero, which sockets take for "wait for ever". */
  private static Timeout timeout(HostTimer timer, Duration atMost) {
    long millis = Math.min(timer.remaining().toMillis(), atMost.toMillis());
    return Timeout.of(Math.max(1, millis), TimeUnit.MILLISECONDS);
  }

  private static final class RefusingResolver implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException("names are resolved by AccessRules alone");
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      throw new UnknownHostException("names are resolved by AccessRules alone");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException("names are resolved by AccessRules alone");
    }
  }
}
