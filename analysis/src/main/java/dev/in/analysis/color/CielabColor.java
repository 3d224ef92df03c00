package dev.in.analysis.color;

/**
 * A colour in CIELAB, where equal distances look about equally different: about 2.3 is just
 * noticeable. Reference white D65; formulas of CIE 15 and IEC 61966-2-1.
 *
 * @param lightness 0 to 100
 * @param a green to red
 * @param b blue to yellow
 */
record CielabColor(double lightness, double a, double b) {
  static final CielabColor ORIGIN = new CielabColor(0, 0, 0);

  private static final double EPSILON = 216.0 / 24389;
  private static final double KAPPA = 24389.0 / 27;

  /**
   * @param red sRGB, 0 to 255, likewise the others
   */
  static CielabColor ofSrgb(double red, double green, double blue) {
    double r = linear(red / 255);
    double g = linear(green / 255);
    double b = linear(blue / 255);
    double x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return new CielabColor(116 * y - 16, 500 * (x - y), 200 * (y - z));
  }

  double squaredDistance(CielabColor other) {
    double dl = lightness - other.lightness;
    double da = a - other.a;
    double db = b - other.b;
    return dl * dl + da * da + db * db;
  }

  /** Returns how far the colour is from grey. */
  double chroma() {
    return Math.hypot(a, b);
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }

  private static double curve(double t) {
    return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
  }
}
