/** The reader of {@code topology.yaml}: topics, subscriptions, functions and clocks, said once. */
package dev.in.topology;
