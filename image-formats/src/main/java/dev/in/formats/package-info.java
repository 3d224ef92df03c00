/**
 * The image formats that iN takes, in one place: which format a file has, and what its header says.
 * Each format has a package of its own, which works on positions in a file, allocates next to
 * nothing, and ends after a bounded number of steps, whatever the file says of itself.
 */
package dev.in.formats;
