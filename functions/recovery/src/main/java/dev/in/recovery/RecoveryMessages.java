package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.message.DeadLetters;
import dev.in.core.message.MessageDispatcher;
import dev.in.core.message.MessageHandler;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Two kinds of message: dead letters, which are taken as they are, and commands, which are decoded
 * first. What cannot be decoded on the command topic becomes a dead letter like everywhere.
 */
@ApplicationScoped
class RecoveryMessages implements MessageHandler {
  private static final Logger LOG = Logger.getLogger(RecoveryMessages.class);

  private final Set<String> deadLetterSubscriptions;
  private final DeadLetterHandler deadLetters;
  private final MessageDispatcher commands;

  RecoveryMessages(
      Topology topology,
      DeadLetterHandler deadLetterHandler,
      CommandHandler commands,
      DeadLetters deadLetters) {
    this.deadLetterSubscriptions =
        topology.subscriptions().values().stream()
            .filter(subscription -> subscription.topic().equals(topology.deadLetter().topic()))
            .map(Topology.Subscription::name)
            .collect(Collectors.toUnmodifiableSet());
    this.deadLetters = requireNonNull(deadLetterHandler, "deadLetterHandler is null");
    this.commands = new MessageDispatcher(commands, deadLetters);
  }

  @Override
  public Outcome handle(ReceivedMessage message) {
    if (!deadLetterSubscriptions.contains(message.subscriptionId())) {
      return commands.handle(message);
    }
    try {
      return deadLetters.handle(message);
    } catch (RuntimeException e) {
      LOG.warn("the dead letter could not be handled and will be delivered again", e);
      return new Nack("transient failure");
    }
  }
}
