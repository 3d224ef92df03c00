package dev.in.emulator.pubsub;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.CloudPart;
import dev.in.emulator.GrpcServices;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.identity.Identity;
import dev.in.emulator.pubsub.push.PushSender;
import dev.in.emulator.pubsub.push.PushWindow;
import dev.in.emulator.pubsub.push.PushWindow.Limits;
import java.util.Optional;

/** Serves Pub/Sub over gRPC and REST. */
public final class PubSubPart implements CloudPart {
  private static final int REMEMBERED_DELIVERIES = 10_000;

  /** A quarter of the heap: the rest is for the other parts and for what is on the wire. */
  private static final int HEAP_SHARE = 4;

  private final PubSub pubSub;
  private final LazySender sender = new LazySender();
  private final PubSubView view;
  private final PublisherService publisher;
  private final SubscriberService subscriber;
  private final PubSubRest rest;

  public PubSubPart(
      LocalCloudOptions options, Identity identity, Faults faults, Counters counters) {
    requireNonNull(options, "options is null");
    Scale scale = new Scale(options.timeScale());
    Ring<DeliveryRecord> log = new Ring<>(REMEMBERED_DELIVERIES, REMEMBERED_DELIVERIES, one -> 1);
    this.pubSub =
        new PubSub(
            new Environment(
                options.timers(),
                scale,
                scaled(PushWindow.Limits.DEFAULT, scale),
                identity::idToken,
                sender,
                faults,
                counters,
                new Memory(Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                log));
    this.view = new PubSubView(pubSub, options.project());
    this.publisher = new PublisherService(pubSub);
    this.subscriber = new SubscriberService(pubSub);
    this.rest =
        new PubSubRest(
            publisher,
            subscriber,
            new RestAccess(
                identity.authenticator(), options.accounts().keySet(), options.publishers()));
  }

  private static Limits scaled(Limits limits, Scale scale) {
    return new Limits(
        limits.initial(),
        limits.maximum(),
        scale.apply(limits.minPause()),
        scale.apply(limits.maxPause()));
  }

  /** What has been published and delivered, for tests and tools. */
  public PubSubView view() {
    return view;
  }

  @Override
  public void install(ServerBuilder server) {
    server.service(GrpcServices.of(publisher));
    server.service(GrpcServices.of(subscriber));
    server.service("regex:^" + PubSubRest.PREFIX + "[^/]+/(topics|subscriptions).*$", rest);
    new PubSubPages(view).install(server);
  }

  @Override
  public Optional<String> callName(RequestHeaders request) {
    return rest.callName(request);
  }

  @Override
  public void close() {
    pubSub.close();
    sender.close();
  }

  /** Made with the first push, which a cloud without push subscriptions never sees. */
  private static final class LazySender implements java.util.function.Supplier<PushSender> {
    private PushSender sender;

    @Override
    public synchronized PushSender get() {
      if (sender == null) {
        sender = new PushSender();
      }
      return sender;
    }

    synchronized void close() {
      if (sender != null) {
        sender.close();
      }
    }
  }
}
