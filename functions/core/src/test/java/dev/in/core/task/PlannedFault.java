package dev.in.core.task;

import dev.in.core.failure.TransientFailure;
import java.util.Optional;
import java.util.function.Supplier;

/** How a call of a {@link TestingTaskStore} goes other than well. */
@FunctionalInterface
public interface PlannedFault {

  Optional<StoredTask> around(Supplier<Optional<StoredTask>> effect);

  /** The guard does not hold, whatever is stored. */
  static PlannedFault refuse() {
    return _ -> Optional.empty();
  }

  /** Nothing happens, and the caller gets an error. */
  static PlannedFault failBefore() {
    return _ -> {
      throw new TransientFailure("planned: fails before it takes effect", null);
    };
  }

  /** It happens, and the answer is lost. */
  static PlannedFault failAfter() {
    return effect -> {
      effect.get();
      throw new TransientFailure("planned: fails after it took effect", null);
    };
  }

  /** It happens, the answer is lost, and the client's own retry is refused by the guard. */
  static PlannedFault retryAfterEffect() {
    return effect -> {
      effect.get();
      return Optional.empty();
    };
  }

  /** Something else happens first. */
  static PlannedFault after(Runnable hook) {
    return effect -> {
      hook.run();
      return effect.get();
    };
  }
}
