/** GIF. */
package dev.in.formats.gif;
