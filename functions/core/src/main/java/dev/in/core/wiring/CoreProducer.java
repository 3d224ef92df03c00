package dev.in.core.wiring;

import com.google.cloud.firestore.Firestore;
import dev.in.core.engine.ObservedWork;
import dev.in.core.engine.StageEngine;
import dev.in.core.engine.StageWork;
import dev.in.core.engine.WorkerInstance;
import dev.in.core.handler.EventHandler;
import dev.in.core.message.DeadLetters;
import dev.in.core.message.MessageDispatcher;
import dev.in.core.message.MessageHandler;
import dev.in.core.message.MessageTelemetry;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.MessagePublisher;
import dev.in.core.publish.ObservedPublisher;
import dev.in.core.task.FirestoreTaskStore;
import dev.in.core.task.ObservedTaskStore;
import dev.in.core.task.TaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.topology.Topology;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts core's plain classes together. A stage's function brings a {@link StageWork}; every other
 * function brings its own {@link EventHandler}.
 */
@ApplicationScoped
public class CoreProducer {

  @Produces
  @Singleton
  InstantSource clock(CoreConfig config) {
    return config
        .clockOffset()
        .map(offset -> InstantSource.offset(InstantSource.system(), offset))
        .orElseGet(InstantSource::system);
  }

  @Produces
  @Singleton
  Topology topology(CoreConfig config) {
    return Topology.load().scaled(config.timeScale());
  }

  @Produces
  @Singleton
  @DefaultBean
  TaskStore taskStore(Firestore firestore, Calls calls, Meters meters) {
    return new ObservedTaskStore(new FirestoreTaskStore(firestore), calls, meters);
  }

  @Produces
  @Singleton
  MessageTelemetry telemetry(
      OpenTelemetry openTelemetry,
      Meters meters,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.name") String function) {
    return new MessageTelemetry(openTelemetry, meters, clock, function);
  }

  @Produces
  @Singleton
  EventPublisher eventPublisher(
      Topology topology, MessagePublisher publisher, MessageTelemetry telemetry, Calls calls) {
    return new EventPublisher(topology, new ObservedPublisher(publisher, calls), telemetry);
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(
      Topology topology, MessagePublisher publisher, InstantSource clock, Calls calls) {
    return new DeadLetters(topology, new ObservedPublisher(publisher, calls), clock);
  }

  @Produces
  @Singleton
  WorkerInstance instance() {
    return new WorkerInstance();
  }

  void close(@Disposes WorkerInstance instance) {
    instance.close();
  }

  @Produces
  @Singleton
  @DefaultBean
  EventHandler stageEngine(
      Instance<StageWork> work,
      WorkerInstance instance,
      Topology topology,
      TaskStore store,
      EventPublisher publisher,
      InstantSource clock,
      Spans spans,
      Meters meters) {
    return new StageEngine(
        new ObservedWork(work.get(), spans, meters),
        instance,
        topology,
        store,
        publisher,
        clock,
        () -> UUID.randomUUID().toString());
  }

  @Produces
  @Singleton
  @DefaultBean
  MessageHandler messageHandler(EventHandler handler, DeadLetters deadLetters) {
    return new MessageDispatcher(handler, deadLetters);
  }
}
