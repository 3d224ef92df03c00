package dev.in.logenhancer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a class logs while this is open. */
final class RecordedLog extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();

  RecordedLog(Class<?> source) {
    this.logger = Logger.getLogger(source.getName());
    logger.addHandler(this);
  }

  /** The context of each line, from which Cloud Logging's fields are made. */
  List<Map<String, String>> contexts() {
    return List.copyOf(contexts);
  }

  @Override
  public void publish(LogRecord line) {
    contexts.add(((ExtLogRecord) line).getMdcCopy());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
