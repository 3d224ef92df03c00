/**
 * Fetches any URL that a user supplies, without letting them reach anything that is not public. The
 * one promise: a connection is opened only to an address that was checked, never to a name.
 */
package dev.in.core.fetch;
