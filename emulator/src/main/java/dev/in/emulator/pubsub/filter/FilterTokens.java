package dev.in.emulator.pubsub.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words, strings and marks. */
public final class FilterTokens {

  /** What a token is. A string has lost its quotes and escapes. */
  enum Kind {
    WORD,
    STRING,
    MARK,
    END
  }

  record Token(Kind kind, String text) {
    boolean is(String wanted) {
      return kind != Kind.STRING && text.equals(wanted);
    }
  }

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private FilterTokens(String source) {
    this.source = source;
  }

  static List<Token> of(String source) {
    return new FilterTokens(source).cut();
  }

  private List<Token> cut() {
    while (position < source.length()) {
      char c = source.charAt(position);
      if (Character.isWhitespace(c)) {
        position++;
      } else if (c == '"') {
        tokens.add(string());
      } else if (isWord(c)) {
        tokens.add(word());
      } else if (source.startsWith("!=", position)) {
        tokens.add(new Token(Kind.MARK, "!="));
        position += 2;
      } else if ("=:.,()-".indexOf(c) >= 0) {
        tokens.add(new Token(Kind.MARK, String.valueOf(c)));
        position++;
      } else {
        throw new IllegalArgumentException("unexpected '" + c + "' at character " + position);
      }
    }
    tokens.add(new Token(Kind.END, ""));
    return tokens;
  }

  private Token word() {
    int start = position;
    while (position < source.length()
        && (isWord(source.charAt(position)) || source.charAt(position) == '-')) {
      position++;
    }
    return new Token(Kind.WORD, source.substring(start, position));
  }

  private Token string() {
    StringBuilder text = new StringBuilder();
    position++;
    while (position < source.length() && source.charAt(position) != '"') {
      text.append(source.charAt(position) == '\\' ? escaped() : source.charAt(position++));
    }
    if (position == source.length()) {
      throw new IllegalArgumentException("a string is not closed");
    }
    position++;
    return new Token(Kind.STRING, text.toString());
  }

  /** {@code \"}, {@code \\}, and a character by its code: {@code é}, octal, hexadecimal. */
  private char escaped() {
    position++;
    if (position == source.length()) {
      throw new IllegalArgumentException("a string ends in its escape");
    }
    char c = source.charAt(position++);
    return switch (c) {
      case '"', '\\' -> c;
      case 'u' -> code(4, 16);
      case 'x' -> code(2, 16);
      case '0', '1', '2', '3' -> {
        position--;
        yield code(3, 8);
      }
      default -> throw new IllegalArgumentException("unknown escape \\" + c);
    };
  }

  private char code(int digits, int radix) {
    int end = position + digits;
    if (end > source.length()) {
      throw new IllegalArgumentException("a character's code is cut short");
    }
    try {
      char c = (char) Integer.parseInt(source, position, end, radix);
      position = end;
      return c;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no character's code at " + position, e);
    }
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
