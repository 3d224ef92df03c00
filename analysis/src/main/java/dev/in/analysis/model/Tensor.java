package dev.in.analysis.model;

/**
 * What a network computed.
 *
 * @param values in the order of the shape, the last dimension running fastest
 * @param shape the length of each dimension
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(float[] values, long[] shape) {}
