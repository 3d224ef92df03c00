/** JSON as the contract's records are read and written. Knows nothing of what they say. */
package dev.in.json;
