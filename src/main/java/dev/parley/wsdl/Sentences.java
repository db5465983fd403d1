package dev.parley.wsdl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * Turns a validator's complaints into sentences for whoever wrote the document. The JDK reports a
 * bad value twice: first what is wrong with it, then where; one sentence says both.
 */
final class Sentences implements ErrorHandler {
  private static final Pattern CODED = Pattern.compile("([a-zA-Z][\\w.-]*): (.*)", Pattern.DOTALL);
  private static final Pattern EXPANDED = Pattern.compile("\\{\"([^\"]*)\":([^}]*)\\}");
  private static final Pattern ELEMENT =
      Pattern.compile(".*[Ee]lement '(?:[^':]*:)?([^']*)'.*", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE =
      Pattern.compile(".*attribute '([^']*)' on element '(?:[^':]*:)?([^']*)'.*", Pattern.DOTALL);

  private final List<String> sentences = new ArrayList<>();
  private boolean awaitsPlace;

  List<String> all() {
    return List.copyOf(sentences);
  }

  void add(String message) {
    var coded = CODED.matcher(message);
    var code = coded.matches() ? coded.group(1) : "";
    var text = EXPANDED.matcher(coded.matches() ? coded.group(2) : message).replaceAll("{$1}$2");
    if (awaitsPlace && !sentences.isEmpty()) {
      var place = place(code, text);
      if (!place.isEmpty()) {
        sentences.add(place + ": " + sentences.removeLast());
        awaitsPlace = false;
        return;
      }
    }
    sentences.add(text);
    awaitsPlace = !code.startsWith("cvc-complex-type") && !code.startsWith("cvc-elt");
  }

  private static String place(String code, String text) {
    var element = ELEMENT.matcher(text);
    var attribute = ATTRIBUTE.matcher(text);
    return switch (code) {
      case "cvc-type.3.1.3", "cvc-complex-type.2.2" ->
          element.matches() ? "element '%s'".formatted(element.group(1)) : "";
      case "cvc-attribute.3" ->
          attribute.matches()
              ? "element '%s', attribute '%s'".formatted(attribute.group(2), attribute.group(1))
              : "";
      default -> "";
    };
  }

  @Override
  public void warning(SAXParseException e) {}

  @Override
  public void error(SAXParseException e) {
    add(String.valueOf(e.getMessage()));
  }

  @Override
  public void fatalError(SAXParseException e) {
    error(e);
  }
}
