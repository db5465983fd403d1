package dev.parley.expression;

import java.util.Map;
import java.util.regex.Pattern;
import net.sf.saxon.expr.parser.XPathParser;
import net.sf.saxon.trans.XPathException;
import org.jspecify.annotations.Nullable;

/** What went wrong where; line and column count from 1, 0 where they are unknown. */
record Diagnosis(int line, int column, String code, String problem) {

  /** What of the compiler's words means nothing to the author of a model. */
  private static final Map<Pattern, String> TIDY =
      Map.of(
          Pattern.compile("file:[^\\s'\"]*"), "a file",
          Pattern.compile("Q\\{http://www\\.w3\\.org/2005/xpath-functions}"), "",
          Pattern.compile("has been disabled in this Saxon Configuration"), "is not allowed",
          Pattern.compile("\\.? External function calls have been disabled"), "",
          Pattern.compile(" before \\.\\.\\.$"), "",
          Pattern.compile(" in Saxon\\b"), "",
          Pattern.compile(
                  "^(Undeclared variable in XPath expression:|Unresolved reference to variable)"),
              "Unknown variable",
          Pattern.compile("\\s+"), " ");

  static Diagnosis of(XPathException e) {
    int line = 0;
    int column = 0;
    var location = e.getLocator();
    if (location instanceof XPathParser.NestedLocation nested) {
      line = nested.getLocalLineNumber() + 1;
      // The tokenizer counts columns of the first line from 0.
      column = nested.getColumnNumber() + (line == 1 ? 1 : 0);
    } else if (location != null) {
      line = Math.max(0, location.getLineNumber());
      column = Math.max(0, location.getColumnNumber());
    }
    var code = e.getErrorCodeQName();
    return new Diagnosis(
        line, column, code == null ? "" : code.getLocalPart(), tidy(e.getMessage()));
  }

  Diagnosis withProblem(String other) {
    return new Diagnosis(line, column, code, other);
  }

  /** For instance: {@code Line 1, column 4: Unexpected token ")" [XPST0003]}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    if (line > 0) {
      text.append("Line ").append(line);
      text.append(column > 0 ? ", column " + column : "").append(": ");
    }
    text.append(problem);
    return code.isEmpty() ? text.toString() : text.append(" [").append(code).append(']').toString();
  }

  static String tidy(@Nullable String message) {
    if (message == null) {
      return "It failed";
    }
    var text = message;
    for (var rule : TIDY.entrySet()) {
      text = rule.getKey().matcher(text).replaceAll(rule.getValue());
    }
    return text.strip();
  }
}
