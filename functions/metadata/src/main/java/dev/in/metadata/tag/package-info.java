/**
 * Decodes metadata blocks: EXIF by the metadata-extractor library, within narrow limits; IPTC, XMP
 * and ICC profiles by readers for the few values that are needed. Everything is cleaned and
 * bounded, and what makes no sense is ignored.
 */
package dev.in.metadata.tag;
