package dev.in.runner.stack;

/** A process of the stack at one moment. */
public record StackProcess(String name, long pid, int port) {}
