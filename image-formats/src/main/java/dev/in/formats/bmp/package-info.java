/** BMP. */
package dev.in.formats.bmp;
