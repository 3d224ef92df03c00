package dev.in.analysis.text;

/**
 * A line of text as it lies in an image: a rectangle that may be turned.
 *
 * @param centerX in pixels
 * @param centerY in pixels
 * @param width along the reading direction, in pixels
 * @param height across it
 * @param angle of the reading direction in radians, clockwise from the x axis since y points down
 * @param score how sure the detector is, 0 to 1
 */
record TextBox(
    double centerX, double centerY, double width, double height, double angle, double score) {

  /** Returns the x of a place in the line: along and across from its top left, in pixels. */
  double x(double along, double across) {
    return centerX
        + (along - width / 2) * Math.cos(angle)
        - (across - height / 2) * Math.sin(angle);
  }

  double y(double along, double across) {
    return centerY
        + (along - width / 2) * Math.sin(angle)
        + (across - height / 2) * Math.cos(angle);
  }

  /** Returns the box with its reading direction turned by quarter turns clockwise. */
  TextBox turned(int quarters) {
    boolean swaps = (quarters & 1) == 1;
    return new TextBox(
        centerX,
        centerY,
        swaps ? height : width,
        swaps ? width : height,
        angle + quarters * Math.PI / 2,
        score);
  }

  /** Returns the part of the line between two places along it. */
  TextBox part(double from, double to) {
    double middle = (from + to) / 2;
    return new TextBox(
        x(middle, height / 2), y(middle, height / 2), to - from, height, angle, score);
  }

  /**
   * @param across how much wider the line gets on either side
   * @param along how much longer it gets at either end
   */
  TextBox grown(double across, double along) {
    return new TextBox(centerX, centerY, width + 2 * along, height + 2 * across, angle, score);
  }

  TextBox scaled(double factor) {
    return new TextBox(
        centerX * factor, centerY * factor, width * factor, height * factor, angle, score);
  }

  TextBox moved(double dx, double dy) {
    return new TextBox(centerX + dx, centerY + dy, width, height, angle, score);
  }

  /** Returns the long side over the short one. */
  double aspect() {
    return Math.max(width, height) / Math.min(width, height);
  }

  double left() {
    return centerX - extentX();
  }

  double right() {
    return centerX + extentX();
  }

  double top() {
    return centerY - extentY();
  }

  double bottom() {
    return centerY + extentY();
  }

  private double extentX() {
    return (width * Math.abs(Math.cos(angle)) + height * Math.abs(Math.sin(angle))) / 2;
  }

  private double extentY() {
    return (width * Math.abs(Math.sin(angle)) + height * Math.abs(Math.cos(angle))) / 2;
  }
}
