package dev.in.events;

/**
 * A fact about an owner's account, or about what accounts share, that only the edge knows. Its
 * outboxes publish it to {@code account-events}; the attribute {@code owner} says whose account it
 * is. The envelope's {@code taskId} is the id of what it is about, which is no task.
 */
public sealed interface AccountEvent extends RecognizedPayload
    permits WebhookDisabled,
        MailConfirmationRequested,
        MediaUploadCompleted,
        BudgetExceeded,
        AccountDeleted {}
