/**
 * {@code ./in deploy} and {@code ./in destroy}: what docs/operations/first-deployment.md says, as
 * steps. A step asks what is there before it does anything, so that a deployment that was
 * interrupted goes on where it stopped and keeps no record of its own.
 */
package dev.in.runner.deploy;
