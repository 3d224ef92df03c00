/** {@code ./in status}: how a stack that is up is doing, asked from outside. */
package dev.in.runner.status;
