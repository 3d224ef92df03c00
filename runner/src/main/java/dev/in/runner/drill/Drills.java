package dev.in.runner.drill;

import java.util.List;
import java.util.Optional;

/** All drills. */
public final class Drills {
  public static final List<Drill> ALL =
      List.of(
          new CrashpointsDrill(),
          new VisionDownDrill(),
          new VisionThrottledDrill(),
          new CoordinatorDownDrill(),
          new PubSubDownDrill(),
          new FirestoreContentionDrill(),
          new RollingRestartDrill(),
          new PoisonDrill(),
          new ExpiredCredentialsDrill(),
          new DeadLetterFloodDrill(),
          new ClockSkewDrill(),
          new SideConsumersDrill(),
          new HistoryDrill(),
          new RestoreDrill(),
          new SoakDrill());

  private Drills() {}

  public static Optional<Drill> named(String name) {
    return ALL.stream().filter(drill -> drill.name().equals(name)).findFirst();
  }
}
