package dev.in.emulator.pubsub.filter;

import dev.in.emulator.pubsub.filter.FilterTokens.Kind;
import dev.in.emulator.pubsub.filter.FilterTokens.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Recursive descent. AND and OR may only be mixed with parentheses, as Pub/Sub demands. */
final class FilterParser {
  private final List<Token> tokens;
  private int position;

  private FilterParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Filter parse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Filter.MAX_BYTES) {
      throw new IllegalArgumentException(
          "the filter has " + bytes + " bytes; the most is " + Filter.MAX_BYTES);
    }
    FilterParser parser = new FilterParser(FilterTokens.of(text));
    Filter filter = parser.expression();
    if (parser.peek().kind() != Kind.END) {
      throw new IllegalArgumentException("unexpected '" + parser.peek().text() + "'");
    }
    return filter;
  }

  private Filter expression() {
    Filter first = term();
    if (peek().is("AND")) {
      return new Filter.And(chain(first, "AND", "OR"));
    }
    if (peek().is("OR")) {
      return new Filter.Or(chain(first, "OR", "AND"));
    }
    return first;
  }

  private List<Filter> chain(Filter first, String operator, String other) {
    List<Filter> filters = new ArrayList<>(List.of(first));
    while (accept(operator)) {
      filters.add(term());
    }
    if (peek().is(other)) {
      throw new IllegalArgumentException("AND and OR can be mixed only with parentheses");
    }
    return filters;
  }

  private Filter term() {
    if (accept("NOT") || accept("-")) {
      return new Filter.Not(term());
    }
    if (accept("(")) {
      Filter inner = expression();
      expect(")");
      return inner;
    }
    if (accept("hasPrefix")) {
      return hasPrefix();
    }
    expect("attributes");
    return accept(":") ? new Filter.Has(key()) : comparison();
  }

  private Filter hasPrefix() {
    expect("(");
    expect("attributes");
    expect(".");
    String key = key();
    expect(",");
    String prefix = string();
    expect(")");
    return new Filter.HasPrefix(key, prefix);
  }

  private Filter comparison() {
    expect(".");
    String key = key();
    if (accept("!=")) {
      return new Filter.Not(new Filter.Equal(key, string()));
    }
    expect("=");
    return new Filter.Equal(key, string());
  }

  private String key() {
    Token token = next();
    if (token.kind() == Kind.WORD || token.kind() == Kind.STRING) {
      return token.text();
    }
    throw new IllegalArgumentException("an attribute's key is missing");
  }

  private String string() {
    Token token = next();
    if (token.kind() != Kind.STRING) {
      throw new IllegalArgumentException("a value must stand in double quotes");
    }
    return token.text();
  }

  private boolean accept(String text) {
    boolean found = peek().is(text);
    if (found) {
      position++;
    }
    return found;
  }

  private void expect(String text) {
    if (!accept(text)) {
      throw new IllegalArgumentException("expected '" + text + "', found '" + peek().text() + "'");
    }
  }

  private Token peek() {
    return tokens.get(position);
  }

  private Token next() {
    Token token = peek();
    if (token.kind() != Kind.END) {
      position++;
    }
    return token;
  }
}
