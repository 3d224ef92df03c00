package dev.in.events;

/** A fact about a task, announced by the chain. Event topics carry it; any number of consumers. */
public sealed interface Event extends RecognizedPayload
    permits ImageDownloaded, MetadataExtracted, AiAnalyzed, TaskCompleted, TaskFailed {}
