package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.events.AccountDeleted;
import dev.in.events.AccountEvent;
import dev.in.events.AiAnalyzed;
import dev.in.events.BudgetExceeded;
import dev.in.events.INEvent;
import dev.in.events.ImageDownloaded;
import dev.in.events.MediaUploadCompleted;
import dev.in.events.MetadataExtracted;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.Unrecognized;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Stages that ended are progress of a task; events of an account may be mail. */
@ApplicationScoped
class NotificationHandler implements EventHandler {
  private static final Logger LOG = Logger.getLogger(NotificationHandler.class);

  private final ProgressHandler progress;
  private final MailHandler mail;

  NotificationHandler(ProgressHandler progress, MailHandler mail) {
    this.progress = requireNonNull(progress, "progress is null");
    this.mail = requireNonNull(mail, "mail is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) {
    INEvent<?> event = delivery.event();
    return switch (event.payload()) {
      case ImageDownloaded _, MetadataExtracted _, AiAnalyzed _ -> progress.handle(event);
      case MediaUploadCompleted _, AccountDeleted _ -> new Ack("nothing to notify of");
      case BudgetExceeded exceeded -> budgetExceeded(exceeded);
      case AccountEvent accountEvent ->
          mail.handle(event, accountEvent, delivery.routing().owner());
      case RecognizedPayload _ -> new Ack("nothing to notify of");
      case Unrecognized _ -> new Ack("unknown event type");
    };
  }

  /** An alert waits for this line (terraform/modules/monitoring). */
  private static Outcome budgetExceeded(BudgetExceeded exceeded) {
    LOG.warnf(
        "a budget is used up: %s on %s, %d of %d units",
        exceeded.channel().map(channel -> "channel " + channel).orElse("all channels"),
        exceeded.day(),
        exceeded.units(),
        exceeded.budget());
    return new Ack("operators are notified");
  }
}
