package dev.in.runner.deploy;

/**
 * What a deployment cannot do without.
 *
 * @param what is missing
 * @param remedy how to get it
 */
public record Missing(String what, String remedy) {}
