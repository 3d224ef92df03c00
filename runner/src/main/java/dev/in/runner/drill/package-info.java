/**
 * Rehearsals of failures on the local cloud, each with a verdict: {@code ./in drill NAME}. A drill
 * is a small class; it starts no processes itself but gets a running stack, breaks something, and
 * checks what the guarantees in docs/reliability.md promise.
 */
package dev.in.runner.drill;
