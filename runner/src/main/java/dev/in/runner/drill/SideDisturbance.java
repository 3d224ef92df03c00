package dev.in.runner.drill;

import dev.in.runner.process.Supervisor;
import dev.in.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What can be wrong with side consumers. */
enum SideDisturbance {
  STOPPED {
    @Override
    Running begin(DrillStack stack) {
      List<Supervisor> all = supervisors(stack);
      all.forEach(Supervisor::holdDown);
      return () -> all.forEach(Supervisor::release);
    }
  },
  FAILING {
    @Override
    Running begin(DrillStack stack) throws IOException, InterruptedException {
      return faults(stack, "\"effect\":\"refuse\",\"status\":500");
    }
  },
  SLOW {
    @Override
    Running begin(DrillStack stack) throws IOException, InterruptedException {
      return faults(stack, "\"effect\":\"delay\",\"millis\":" + DELAY.toMillis());
    }
  },
  /** Killed again as soon as they work. */
  FLAPPING {
    @Override
    Running begin(DrillStack stack) {
      Thread thread = Thread.ofVirtual().name("flapping").start(() -> flap(stack));
      return () -> {
        thread.interrupt();
        thread.join();
      };
    }
  };

  private static final Duration DELAY = Duration.ofSeconds(3);
  private static final Duration UP_FOR = Duration.ofSeconds(2);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** Disturbs them until the answer is closed. */
  abstract Running begin(DrillStack stack) throws IOException, InterruptedException;

  /** Ends a disturbance; what it has left behind may take longer. */
  interface Running {
    void end() throws IOException, InterruptedException;
  }

  String shown() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Running faults(DrillStack stack, String effect)
      throws IOException, InterruptedException {
    for (String function : sideConsumers()) {
      for (Topology.Subscription one : Topology.load().subscriptionsOf(function)) {
        stack
            .cloud()
            .addFault("{\"calls\":\"pubsub.deliver/%s\",%s}".formatted(one.name(), effect));
      }
    }
    return stack::clearFaults;
  }

  private static void flap(DrillStack stack) {
    try {
      while (stack.awaitAllAlive(START_LIMIT)) {
        Thread.sleep(UP_FOR);
        supervisors(stack).forEach(one -> one.child().kill());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the side consumers cannot be killed", e);
    }
  }

  private static List<Supervisor> supervisors(DrillStack stack) {
    return sideConsumers().stream().map(stack::function).toList();
  }

  private static List<String> sideConsumers() {
    return Topology.load().functions().values().stream()
        .filter(Topology.Function::side)
        .map(Topology.Function::name)
        .toList();
  }
}
