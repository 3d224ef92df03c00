package dev.in.core.task;

import dev.in.core.failure.SharedFault;
import java.util.Optional;
import java.util.function.Supplier;

/** How a call of a {@link TestingTaskStore} goes other than well. */
@FunctionalInterface
public interface Misbehaviour {

  Optional<StoredTask> around(Supplier<Optional<StoredTask>> effect);

  /** The guard does not hold, whatever is stored. */
  static Misbehaviour refuse() {
    return _ -> Optional.empty();
  }

  /** Nothing happens, and the caller is told so. */
  static Misbehaviour failBefore() {
    return _ -> {
      throw new SharedFault("planned: fails before it takes effect", null);
    };
  }

  /** It happens, and the answer is lost. */
  static Misbehaviour failAfter() {
    return effect -> {
      effect.get();
      throw new SharedFault("planned: fails after it took effect", null);
    };
  }

  /** It happens, the answer is lost, and the client's own retry is refused by the guard. */
  static Misbehaviour retryAfterEffect() {
    return effect -> {
      effect.get();
      return Optional.empty();
    };
  }

  /** Something else happens first. */
  static Misbehaviour after(Runnable hook) {
    return effect -> {
      hook.run();
      return effect.get();
    };
  }
}
