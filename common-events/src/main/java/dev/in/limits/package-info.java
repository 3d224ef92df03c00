/** Limits that several parts of iN share. */
package dev.in.limits;
