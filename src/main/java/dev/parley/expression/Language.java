package dev.parley.expression;

import java.util.Optional;

/** The expression languages of a model (BPMN 2.0, section 8.1: expressionLanguage). */
public enum Language {
  /** XPath 3.1. */
  XPATH,
  /** XQuery 3.1. */
  XQUERY;

  /** The language a URI names. */
  public static Optional<Language> ofUri(String uri) {
    return switch (uri) {
      case "http://www.w3.org/1999/XPath",
          "http://www.w3.org/TR/1999/REC-xpath-19991116",
          "http://www.w3.org/TR/xpath-31",
          "http://www.w3.org/TR/xpath-31/",
          "xpath" ->
          Optional.of(XPATH);
      case "http://www.w3.org/XML/Query",
          "http://www.w3.org/TR/xquery-31",
          "http://www.w3.org/TR/xquery-31/",
          "application/xquery",
          "xquery" ->
          Optional.of(XQUERY);
      default -> Optional.empty();
    };
  }
}
