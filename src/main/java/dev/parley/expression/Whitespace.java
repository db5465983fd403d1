package dev.parley.expression;

/** White space as XML knows it (XML Schema Part 2, section 4.3.6: collapse). */
final class Whitespace {
  private Whitespace() {}

  static String collapse(String text) {
    if (isCollapsed(text)) {
      return text;
    }
    var collapsed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isSpace(c)) {
        if (i > 0 && isSpace(text.charAt(i - 1)) && !collapsed.isEmpty()) {
          collapsed.append(' ');
        }
        collapsed.append(c);
      }
    }
    return collapsed.toString();
  }

  private static boolean isCollapsed(String text) {
    boolean afterSpace = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c) && (afterSpace || c != ' ')) {
        return false;
      }
      afterSpace = isSpace(c);
    }
    return text.isEmpty() || !afterSpace;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}
