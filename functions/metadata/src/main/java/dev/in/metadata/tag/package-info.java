/**
 * Decodes the blocks in which a picture says of itself: EXIF by the metadata-extractor library,
 * kept on a short lead; IPTC, XMP and ICC profiles by readers that take the one thing that is asked
 * for. Everything is cleaned and bounded, and what makes no sense is as if it were not there.
 */
package dev.in.metadata.tag;
