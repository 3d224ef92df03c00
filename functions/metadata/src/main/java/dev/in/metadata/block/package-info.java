/**
 * Finds the metadata blocks of an image's file: EXIF, IPTC, XMP and an ICC profile. Each format has
 * its finder. A block is read only up to a size that real ones do not reach, compressed ones
 * included.
 */
package dev.in.metadata.block;
