package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.in.coordinator.UpdateAnswer.Accepted;
import dev.in.coordinator.UpdateAnswer.Unavailable;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import java.util.Optional;

/** Over HTTP. */
public final class HttpMailPreferencesClient implements MailPreferencesClient {
  private final EdgeConnection edge;

  public HttpMailPreferencesClient(EdgeConnection edge) {
    this.edge = requireNonNull(edge, "edge is null");
  }

  @Override
  public Answer preferences(String owner, CallContext context) {
    Reply reply =
        edge.call(EdgeRequest.get(AccountPath.of(owner, "mail"), context), context.timeLimit());
    if (!(reply.answer() instanceof Accepted)) {
      return new Answer(reply.answer(), Optional.empty());
    }
    try {
      MailPreferences preferences =
          StrictJson.record(StrictJson.object(reply.body()), MailPreferences.class);
      return new Answer(reply.answer(), Optional.of(preferences));
    } catch (MalformedJsonException e) {
      return new Answer(
          new Unavailable("the edge's answer is not mail preferences: " + e.getMessage()),
          Optional.empty());
    }
  }

  @Override
  public UpdateAnswer bounced(String owner, String address, CallContext context) {
    byte[] body = UpdateJson.write(JsonNodeFactory.instance.objectNode().put("address", address));
    return edge.call(
            EdgeRequest.post(AccountPath.of(owner, "mail/bounced"), body, context),
            context.timeLimit())
        .answer();
  }
}
