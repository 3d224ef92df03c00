package dev.in.core.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on 127.0.0.1 that answers every query as planned (RFC 1035, over UDP). */
final class TestingNameServer implements AutoCloseable {
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int REFUSED = 5;

  private static final int TYPE_A = 1;
  private static final int TYPE_AAAA = 28;
  private static final int HEADER_BYTES = 12;

  private final DatagramSocket socket;
  private final AtomicInteger queries = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile int code;
  private volatile boolean silent;
  private volatile List<InetAddress> addresses = List.of();

  TestingNameServer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  void answer(String... literals) {
    addresses = Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
    code = 0;
  }

  void fail(int responseCode) {
    code = responseCode;
  }

  void beSilent() {
    silent = true;
  }

  int queries() {
    return queries.get();
  }

  void awaitQuery() throws InterruptedException {
    asked.await();
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket query = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(query);
        queries.incrementAndGet();
        asked.countDown();
        if (!silent) {
          byte[] response = response(ByteBuffer.wrap(buffer, 0, query.getLength()));
          socket.send(new DatagramPacket(response, response.length, query.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] response(ByteBuffer query) {
    int questionEnd = HEADER_BYTES;
    while (query.get(questionEnd) != 0) {
      questionEnd += query.get(questionEnd) + 1;
    }
    int type = query.getShort(questionEnd + 1);
    questionEnd += 5;
    List<InetAddress> answers =
        code != 0
            ? List.of()
            : addresses.stream().filter(address -> typeOf(address) == type).toList();
    ByteBuffer response = ByteBuffer.allocate(1500);
    response.putShort(query.getShort(0));
    response.putShort((short) (0x8180 | code)); // a response, recursion desired and available
    response.putShort((short) 1).putShort((short) answers.size()).putInt(0);
    response.put(query.array(), HEADER_BYTES, questionEnd - HEADER_BYTES);
    for (InetAddress answer : answers) {
      byte[] octets = answer.getAddress();
      response.putShort((short) 0xc00c); // the name in the question
      response.putShort((short) type).putShort((short) 1).putInt(60);
      response.putShort((short) octets.length).put(octets);
    }
    return Arrays.copyOf(response.array(), response.position());
  }

  private static int typeOf(InetAddress address) {
    return address.getAddress().length == 4 ? TYPE_A : TYPE_AAAA;
  }

  @Override
  public void close() {
    socket.close();
  }
}
