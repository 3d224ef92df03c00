package dev.in.events;

/** A fact announced to whoever wants to know. Event topics carry it; any number of consumers. */
public sealed interface Event extends RecognizedPayload
    permits ImageDownloaded, MetadataExtracted, AiAnalyzed, TaskCompleted, TaskFailed {}
