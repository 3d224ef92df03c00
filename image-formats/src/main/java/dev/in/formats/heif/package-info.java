/** HEIC and AVIF. */
package dev.in.formats.heif;
