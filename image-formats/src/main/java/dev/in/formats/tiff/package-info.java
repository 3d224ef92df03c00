/** TIFF, and EXIF, which has its structure. */
package dev.in.formats.tiff;
