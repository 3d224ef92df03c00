package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.TransientFailure;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the machine's name servers itself. {@link InetAddress} would not say whether a name does not
 * exist or its server failed, would keep failures for ten seconds, and cannot be interrupted.
 */
public final class DnsResolver implements NameResolver, AutoCloseable {
  /** RFC 6761, section 6.4: such names never exist, and need not be asked for. */
  private static final String NEVER_EXISTS = ".invalid";

  private final NioEventLoopGroup loop =
      new NioEventLoopGroup(1, Thread.ofPlatform().daemon().name("fetch-dns").factory());
  private final Duration timeLimit;
  private final DnsNameResolver dns;

  /** With the name servers of {@code /etc/resolv.conf}. */
  public DnsResolver() {
    this(
        DnsServerAddressStreamProviders.platformDefault(),
        Duration.ofSeconds(3),
        Duration.ofSeconds(12));
  }

  /**
   * @param queryLimit for one server's response
   * @param timeLimit for the whole look-up
   */
  DnsResolver(DnsServerAddressStreamProvider servers, Duration queryLimit, Duration timeLimit) {
    this.timeLimit = requireNonNull(timeLimit, "timeLimit is null");
    this.dns =
        new DnsNameResolverBuilder(loop.next())
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(servers)
            .queryTimeoutMillis(queryLimit.toMillis())
            // A user's URL names a host of the internet, never one of our own domain.
            .searchDomains(List.of())
            // Every address is checked, so all of them are asked for.
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(false)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .build();
  }

  @Override
  public List<InetAddress> resolve(String name)
      throws UnknownHostException, InterruptedIOException {
    if (name.endsWith(NEVER_EXISTS)) {
      throw new UnknownHostException(name);
    }
    try {
      return await(dns.resolveAll(name));
    } catch (ExecutionException e) {
      if (hasNoAddress(name, e.getCause())) {
        throw new UnknownHostException(name);
      }
      throw failed(e);
    }
  }

  /** Whether a server answered so: there is no such name (NXDOMAIN), or none of its records. */
  private boolean hasNoAddress(String name, Throwable failure) throws InterruptedIOException {
    if (!(failure instanceof UnknownHostException unknown)) {
      return false;
    }
    return switch (unknown.getCause()) {
      // Netty says the same of a name without an address and of a server that refuses.
      case null -> responseCode(name).equals(DnsResponseCode.NOERROR);
      case DnsErrorCauseException answer -> answer.getCode().equals(DnsResponseCode.NXDOMAIN);
      default -> false;
    };
  }

  private DnsResponseCode responseCode(String name) throws InterruptedIOException {
    try {
      var envelope = await(dns.query(new DefaultDnsQuestion(name + ".", DnsRecordType.A)));
      try {
        return envelope.content().code();
      } finally {
        envelope.release();
      }
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private <T> T await(Future<T> answer) throws ExecutionException, InterruptedIOException {
    try {
      return answer.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the look-up was interrupted");
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TransientFailure("the name servers did not answer in time", e);
    }
  }

  private static TransientFailure failed(ExecutionException e) {
    return new TransientFailure("the name servers failed", e.getCause());
  }

  @Override
  public void close() {
    dns.close();
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }
}
