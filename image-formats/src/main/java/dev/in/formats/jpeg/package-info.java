/** JPEG. */
package dev.in.formats.jpeg;
