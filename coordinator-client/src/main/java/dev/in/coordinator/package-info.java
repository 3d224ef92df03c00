/**
 * Clients of the edge's internal API: {@link dev.in.coordinator.CoordinatorClient} for tasks,
 * {@link dev.in.coordinator.LibraryClient} for owners' libraries. Plain Java; it knows the contract
 * and nothing else of iN.
 */
package dev.in.coordinator;
