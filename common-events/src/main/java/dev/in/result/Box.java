package dev.in.result;

/**
 * An upright rectangle in pixels of the image as stored, before orientation.
 *
 * @param x of the upper left corner
 * @param y of the upper left corner
 */
public record Box(int x, int y, int width, int height) {}
