package dev.in.analysis.model;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A network with one input and one output, loaded when it is first needed. Thread-safe: ONNX
 * Runtime allows concurrent runs of one session.
 */
public final class OnnxModel implements AutoCloseable {
  private final String resource;
  private final int threads;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private OrtSession session;
  private boolean closed;

  /**
   * @param resource the weights on the class path, absolute
   * @param threads how many threads one run may use, at least 1
   */
  public OnnxModel(String resource, int threads) {
    this.resource = requireNonNull(resource, "resource is null");
    this.threads = threads;
  }

  /**
   * Computes the network.
   *
   * @param values in the order of the shape
   * @throws ModelException if the runtime refuses
   */
  public Tensor run(float[] values, long... shape) {
    // A session closed under a run would take the whole process down.
    lock.readLock().lock();
    try {
      return run(loaded(), values, shape);
    } catch (OrtException e) {
      throw new ModelException("cannot run " + resource, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static Tensor run(OrtSession session, float[] values, long... shape) throws OrtException {
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      float[] copy = new float[(int) output.getInfo().getNumElements()];
      output.getFloatBuffer().get(copy);
      return new Tensor(copy, output.getInfo().getShape());
    }
  }

  private synchronized OrtSession loaded() {
    if (closed) {
      throw new IllegalStateException(resource + " is closed");
    }
    if (session == null) {
      session = open();
    }
    return session;
  }

  private OrtSession open() {
    try (InputStream weights = OnnxModel.class.getResourceAsStream(resource);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (weights == null) {
        throw new ModelException("no weights at " + resource + " on the class path", null);
      }
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Every image has its own shape: plans and pools made for one only pile up.
      options.setMemoryPatternOptimization(false);
      options.setCPUArenaAllocator(false);
      // Threads that spin while they wait cost four times the time on a busy machine, and gain
      // nothing measurable on an idle one.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return OnnxEnvironment.get().createSession(weights.readAllBytes(), options);
    } catch (OrtException e) {
      throw new ModelException("cannot load " + resource, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /** Waits for the runs under way; those that come later are refused. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closeSession();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private synchronized void closeSession() {
    closed = true;
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new ModelException("cannot close " + resource, e);
      }
      session = null;
    }
  }
}
