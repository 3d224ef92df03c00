package dev.in.core.task;

/** What a completed stage leaves in the task document. */
public sealed interface StageOutput permits DownloadOutput, MetadataOutput, AiOutput {}
