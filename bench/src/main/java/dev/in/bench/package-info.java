/**
 * Measures this project beside what it can be compared with. Everything that a command compares is
 * measured in turn within one run, and reported by its median.
 */
package dev.in.bench;
