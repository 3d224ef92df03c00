package dev.in.core.startup;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jboss.logging.Logger;

/**
 * Runs all warm-ups at once and reports ready when all are done, or after ten seconds: a start
 * never depends on others being up. A client's first call takes seconds on a small CPU: better now
 * than in a user's request. Cloud Run sends requests once the startup probe has succeeded and asks
 * for no readiness, so the startup probe knows of it too.
 */
@ApplicationScoped
@Startup
@Readiness
public class WarmUp implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(WarmUp.class);

  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  private final List<Warm> toWarm;
  private final Duration timeLimit;
  private final CountDownLatch cold;
  private volatile boolean timeIsUp;

  @Inject
  public WarmUp(@All List<Warm> toWarm) {
    this(toWarm, TIME_LIMIT);
  }

  WarmUp(List<Warm> toWarm, Duration timeLimit) {
    this.toWarm = List.copyOf(toWarm);
    this.timeLimit = timeLimit;
    this.cold = new CountDownLatch(this.toWarm.size());
  }

  void begin(@Observes StartupEvent event) {
    Thread.ofVirtual().name("warm-up-limit").start(this::limitTime);
    for (Warm warm : toWarm) {
      Thread.ofVirtual().name("warm-up").start(() -> warm(warm));
    }
  }

  private void limitTime() {
    try {
      if (!cold.await(timeLimit.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warnf("ready although %d clients are still cold", cold.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timeIsUp = true;
  }

  private void warm(Warm warm) {
    try {
      warm.warm();
    } catch (Exception e) {
      // An error response warms the connection as well as a success, and a failure may be
      // transient: what is really broken shows in the messages that come back.
      LOG.infof("warming %s: %s", warm.name(), e.toString());
    } finally {
      cold.countDown();
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("warm-up")
        .status(timeIsUp || cold.getCount() == 0)
        .withData("cold", cold.getCount())
        .build();
  }

  /** Something whose first use is slow. */
  public interface Warm {
    String name();

    void warm() throws Exception;
  }
}
