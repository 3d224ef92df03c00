package dev.in.core.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A name service in memory. A name may have several answers: one for each time it is asked for. */
final class TestingNameResolver implements NameResolver {
  private final Map<String, Deque<List<InetAddress>>> answers = new HashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** The last answer stays. */
  TestingNameResolver answer(String name, String... addresses) {
    List<InetAddress> answer = List.of(addresses).stream().map(InetAddress::ofLiteral).toList();
    answers.computeIfAbsent(name, unused -> new ArrayDeque<>()).add(answer);
    return this;
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized List<InetAddress> resolve(String name) throws UnknownHostException {
    asked.add(name);
    Deque<List<InetAddress>> left = answers.get(name);
    if (left == null) {
      throw new UnknownHostException(name);
    }
    return left.size() > 1 ? left.removeFirst() : left.getFirst();
  }
}
