/**
 * Reads pictures' headers: size, and whether the file is whole. Each format has its reader; all
 * work on positions in a file, allocate next to nothing, and end after a bounded number of steps,
 * whatever the file says of itself.
 */
package dev.in.metadata.header;
