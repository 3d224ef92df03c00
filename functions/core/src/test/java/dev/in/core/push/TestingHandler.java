package dev.in.core.push;

import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.telemetry.Tracing;
import dev.in.events.Payload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** The handler of core's own test application: it records deliveries and answers as planned. */
@ApplicationScoped
public class TestingHandler implements EventHandler {
  private static final Supplier<Outcome> ACK = () -> new Ack("probed");

  private final Tracing tracing;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile Supplier<Outcome> answer = ACK;

  public TestingHandler(Tracing tracing) {
    this.tracing = tracing;
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) {
    seen.add(
        new Seen(
            delivery,
            Thread.currentThread().isVirtual(),
            tracing.currentTraceparent(),
            String.valueOf(MDC.get("taskId")),
            String.valueOf(MDC.get("traceId"))));
    return answer.get();
  }

  /** What was handed over since the last {@link #reset()}. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  public void answer(Supplier<Outcome> with) {
    answer = with;
  }

  public void reset() {
    seen.clear();
    answer = ACK;
  }

  /** A delivery and what surrounded its handling. */
  public record Seen(
      Delivery<? extends Payload> delivery,
      boolean onVirtualThread,
      Optional<String> traceparent,
      String taskIdInLogs,
      String traceIdInLogs) {}
}
