package dev.in.emulator.pubsub;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.identity.Identity;
import dev.in.emulator.pubsub.api.PubSubRest;
import dev.in.emulator.pubsub.api.PublisherService;
import dev.in.emulator.pubsub.api.RestAccess;
import dev.in.emulator.pubsub.api.SubscriberService;
import dev.in.emulator.pubsub.broker.Broker;
import dev.in.emulator.pubsub.config.TimeScale;
import dev.in.emulator.pubsub.delivery.Environment;
import dev.in.emulator.pubsub.delivery.MemoryLimit;
import dev.in.emulator.pubsub.delivery.RingBuffer;
import dev.in.emulator.pubsub.push.PushReceivers;
import dev.in.emulator.service.GrpcServices;
import dev.in.emulator.service.ServiceEmulator;
import dev.in.emulator.time.Timers;
import java.util.Optional;

/** Serves Pub/Sub over gRPC and REST. */
public final class PubSubEmulator implements ServiceEmulator {
  private static final int REMEMBERED_DELIVERIES = 10_000;

  /** A quarter of the heap: the rest is for the other services and for what is on the wire. */
  private static final int HEAP_SHARE = 4;

  private final Broker broker;
  private final PushReceivers pushReceivers;
  private final PubSubView view;
  private final PublisherService publisher;
  private final SubscriberService subscriber;
  private final PubSubRest rest;

  public PubSubEmulator(
      PubSubSettings settings, Timers timers, Identity identity, Faults faults, Counters counters) {
    TimeScale scale = new TimeScale(settings.timeScale());
    this.pushReceivers = new PushReceivers(timers, scale, identity::idToken);
    this.broker =
        new Broker(
            scale,
            new Environment(
                timers,
                pushReceivers,
                faults,
                counters,
                new MemoryLimit(Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                new RingBuffer<>(REMEMBERED_DELIVERIES, REMEMBERED_DELIVERIES, one -> 1)));
    this.view = new PubSubView(broker, settings.project());
    this.publisher = new PublisherService(broker);
    this.subscriber = new SubscriberService(broker);
    this.rest =
        new PubSubRest(
            publisher,
            subscriber,
            new RestAccess(identity.authenticator(), settings.restricted(), settings.publishers()));
  }

  /** What has been published and delivered, for tests and tools. */
  public PubSubView view() {
    return view;
  }

  @Override
  public void install(ServerBuilder server) {
    server.service(GrpcServices.prompt(publisher));
    server.service(GrpcServices.prompt(subscriber));
    server.service("regex:^" + PubSubRest.PREFIX + "[^/]+/(topics|subscriptions).*$", rest);
    new PubSubEndpoint(view).install(server);
  }

  @Override
  public Optional<String> callName(RequestHeaders request) {
    return rest.callName(request);
  }

  @Override
  public void close() {
    broker.close();
    pushReceivers.close();
  }
}
