/**
 * The client of a task's coordinator at the edge: {@link dev.in.coordinator.CoordinatorClient}.
 * Plain Java; it knows the contract and nothing else of iN.
 */
package dev.in.coordinator;
