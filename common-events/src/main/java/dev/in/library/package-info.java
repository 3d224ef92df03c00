/** What an owner finds in the library of their images: {@link dev.in.library.LibraryEntry}. */
package dev.in.library;
