package dev.in.events;

import java.util.List;

/** A message that drives one stage of the chain. Task topics carry it; one consumer each. */
public sealed interface TaskMessage extends RecognizedPayload
    permits DownloadRequested, MetadataRequested, AiRequested {

  /** The analysis the user asked for, carried along until {@code ai} needs it. */
  List<Feature> features();
}
