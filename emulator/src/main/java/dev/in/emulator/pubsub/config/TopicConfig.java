package dev.in.emulator.pubsub.config;

import static dev.in.emulator.pubsub.config.Checks.supported;

import com.google.pubsub.v1.Topic;

/** A topic's settings, of which the local cloud covers name and labels. */
public final class TopicConfig {
  private TopicConfig() {}

  public static Topic checked(Topic wanted) {
    supported(!wanted.hasSchemaSettings(), "schema_settings");
    supported(!wanted.hasMessageRetentionDuration(), "a topic's message_retention_duration");
    supported(!wanted.hasIngestionDataSourceSettings(), "ingestion_data_source_settings");
    supported(!wanted.hasMessageStoragePolicy(), "message_storage_policy");
    supported(wanted.getKmsKeyName().isEmpty(), "kms_key_name");
    supported(wanted.getMessageTransformsCount() == 0, "message_transforms");
    supported(wanted.getTagsCount() == 0, "tags");
    return wanted.toBuilder().setState(Topic.State.ACTIVE).build();
  }
}
