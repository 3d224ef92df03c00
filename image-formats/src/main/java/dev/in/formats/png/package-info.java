/** PNG. */
package dev.in.formats.png;
