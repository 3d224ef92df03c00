package dev.in.emulator.firestore.value;

import com.google.firestore.v1.Value;

/** Firestore's arithmetic over 64-bit integers and doubles. */
public final class Numbers {
  private static final double TWO_TO_THE_63 = 0x1p63;

  private Numbers() {}

  public static boolean isNumber(Value value) {
    return value.hasIntegerValue() || value.hasDoubleValue();
  }

  /** By worth, without rounding a long to a double; NaN first, all zeros equal. */
  static int compare(Value left, Value right) {
    if (left.hasIntegerValue()) {
      return right.hasIntegerValue()
          ? Long.compare(left.getIntegerValue(), right.getIntegerValue())
          : compare(left.getIntegerValue(), right.getDoubleValue());
    }
    return right.hasIntegerValue()
        ? -compare(right.getIntegerValue(), left.getDoubleValue())
        : compare(left.getDoubleValue(), right.getDoubleValue());
  }

  private static int compare(double left, double right) {
    if (left == right) {
      return 0;
    }
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Boolean.compare(Double.isNaN(right), Double.isNaN(left));
    }
    return Double.compare(left, right);
  }

  private static int compare(long left, double right) {
    if (Double.isNaN(right) || right < -TWO_TO_THE_63) {
      return 1;
    }
    if (right >= TWO_TO_THE_63) {
      return -1;
    }
    long whole = (long) right;
    return left != whole ? Long.compare(left, whole) : Double.compare(0.0, (right - whole) + 0.0);
  }

  /** Integers saturate instead of overflowing; one double makes the sum a double. */
  public static Value add(Value left, Value right) {
    if (left.hasIntegerValue() && right.hasIntegerValue()) {
      return integer(saturatedSum(left.getIntegerValue(), right.getIntegerValue()));
    }
    return ofDouble(toDouble(left) + toDouble(right));
  }

  private static long saturatedSum(long left, long right) {
    long sum = left + right;
    boolean overflowed = ((left ^ sum) & (right ^ sum)) < 0;
    return !overflowed ? sum : left < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  static double toDouble(Value value) {
    return value.hasIntegerValue() ? value.getIntegerValue() : value.getDoubleValue();
  }

  public static Value integer(long value) {
    return Value.newBuilder().setIntegerValue(value).build();
  }

  static Value ofDouble(double value) {
    return Value.newBuilder().setDoubleValue(value).build();
  }
}
