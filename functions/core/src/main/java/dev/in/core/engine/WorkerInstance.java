package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * This process. Interrupts the thread of work whose budget is used up and, when the instance shuts
 * down, of all work: Cloud Run leaves ten seconds after SIGTERM, enough to release the leases.
 */
public final class WorkerInstance implements Instance, AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("work-budget").factory());
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

  /** Held to write by work that runs alone, to read by all other; fair, so that neither starves. */
  private final ReentrantReadWriteLock working = new ReentrantReadWriteLock(true);

  private volatile boolean stopping;

  @Override
  public Optional<Slot> enter(boolean alone, Duration atMost) {
    Lock lock = alone ? working.writeLock() : working.readLock();
    try {
      if (stopping || !lock.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    if (stopping) {
      lock.unlock();
      return Optional.empty();
    }
    return Optional.of(lock::unlock);
  }

  @Override
  public Interruption interruptAt(Deadline budget, Thread worker) {
    Watched work = new Watched(worker);
    work.timeout =
        timer.schedule(work::interrupt, budget.remaining().toMillis(), TimeUnit.MILLISECONDS);
    watched.add(work);
    if (stopping) {
      work.interrupt();
    }
    return work;
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("interrupted while waiting", e);
    }
  }

  /** Interrupts all work under way; no more begins. */
  public void stop() {
    stopping = true;
    watched.forEach(Watched::interrupt);
  }

  @Override
  public void close() {
    stop();
    timer.shutdownNow();
  }

  private final class Watched implements Interruption {
    private final Thread worker;
    private Future<?> timeout;
    private boolean happened;
    private boolean over;

    Watched(Thread worker) {
      this.worker = worker;
    }

    // Under one lock with close(), so that the interrupt never hits what the thread does
    // afterwards.
    synchronized void interrupt() {
      if (!over) {
        happened = true;
        worker.interrupt();
      }
    }

    @Override
    public synchronized boolean happened() {
      return happened;
    }

    @Override
    public void close() {
      synchronized (this) {
        over = true;
      }
      timeout.cancel(false);
      watched.remove(this);
    }
  }
}
