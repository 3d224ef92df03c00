/** WebP. */
package dev.in.formats.webp;
