/**
 * What each stage of the chain leaves in the task document, and the event that announces it. A
 * record here is stored as it stands: names and order of its components are those of {@code
 * stages.{stage}.output} in Firestore.
 */
package dev.in.core.stage;
