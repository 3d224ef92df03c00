/**
 * Finds the blocks in which a picture's file keeps what it says of itself: EXIF, IPTC, XMP and an
 * ICC profile. Each format has its finder. A block is taken only up to a size that real ones do not
 * reach, compressed ones included.
 */
package dev.in.metadata.block;
