/**
 * The {@code result} of a task, written once: {@code metadata} and {@code ai} make its parts, the
 * task document stores them, {@code sync} sends the whole to the edge, page and report show it. The
 * JSON Schema and the edge's TypeScript are generated from these records.
 *
 * <p>New components are Optional, a list or a flag: results that were stored before lack them.
 */
package dev.in.result;
