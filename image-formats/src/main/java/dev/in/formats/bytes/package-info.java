/** Bytes of a file by position, on disk or in memory alike. */
package dev.in.formats.bytes;
