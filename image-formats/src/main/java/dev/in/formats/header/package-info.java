/** What a header says, whatever the format, and whether its image may be decoded. */
package dev.in.formats.header;
