package dev.in.runner.drill;

import dev.in.runner.drill.EdgeProxy.Fault;
import java.util.Optional;

/**
 * One call of a task, and what goes wrong with it.
 *
 * @param call its name in the local cloud's counters, or the edge proxy's
 * @param number which of the calls of that name, from 1
 */
record CrashPoint(String call, int number, Failure failure) {

  /** What can go wrong with a call. */
  enum Failure {
    REFUSED("refused before its effect", "failBefore"),
    ANSWER_LOST("answer lost after it", "failAfter"),
    KILLED_BEFORE("process killed just before", "killBefore"),
    KILLED_AFTER("process killed just after", "killAfter");

    private final String words;
    private final String effect;

    Failure(String words, String effect) {
      this.words = words;
      this.effect = effect;
    }

    /** The same of a call to the edge. */
    Fault fault(Runnable kill) {
      return switch (this) {
        case REFUSED -> new Fault.Refused(503);
        case ANSWER_LOST -> new Fault.AnswerLost();
        case KILLED_BEFORE -> new Fault.CallerKilled(false, kill);
        case KILLED_AFTER -> new Fault.CallerKilled(true, kill);
      };
    }

    boolean kills() {
      return this == KILLED_BEFORE || this == KILLED_AFTER;
    }
  }

  String title() {
    return "`%s` %d, %s".formatted(call, number, failure.words);
  }

  /** Whether it goes to the edge, and not to Google. */
  boolean isToEdge() {
    return call.equals(EdgeProxy.STATUS_CALL);
  }

  /** The local cloud's fault rule. */
  String rule() {
    return """
    {"calls":"%s","effect":"%s","code":"UNAVAILABLE","when":{"nth":[%d]}}
    """
        .formatted(call, failure.effect, number);
  }

  /**
   * The edge proxy's rule.
   *
   * @param kill ends the caller
   */
  EdgeProxy.Rule edgeRule(Runnable kill) {
    return call -> Optional.of(failure.fault(kill)).filter(_ -> call == number);
  }

  /** Whether Vision has charged for an answer that its caller never got. */
  boolean losesAVisionAnswer() {
    return call.startsWith("google.cloud.vision.")
        && (failure == Failure.ANSWER_LOST || failure == Failure.KILLED_AFTER);
  }
}
