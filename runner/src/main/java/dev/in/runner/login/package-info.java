/**
 * Sign-in on the command line: by authorization code with PKCE and a loopback redirect (RFC 8252),
 * at the issuer that the edge names, and the ID tokens that are kept of it.
 */
package dev.in.runner.login;
