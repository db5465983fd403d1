package dev.parley.expression;

import dev.parley.expression.SimplePath.Last;
import dev.parley.message.Body;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Answers several simple paths in one pass, which ends as soon as each has its first value. */
final class SimplePaths {
  private final List<Search> open = new ArrayList<>();
  private final @Nullable String[] values;
  private int depth;

  SimplePaths(List<@Nullable SimplePath> paths, @Nullable String[] values) {
    this.values = values;
    for (int i = 0; i < values.length; i++) {
      var path = paths.get(i);
      if (path != null) {
        open.add(new Search(path, i));
      }
    }
  }

  void read(Body body) throws XMLStreamException {
    if (open.isEmpty() || body.isEmpty()) {
      return;
    }
    var reader = Xml.reader(body);
    try {
      while (!open.isEmpty() && reader.hasNext()) {
        on(reader.next(), reader);
      }
    } finally {
      reader.close();
    }
  }

  private void on(int event, XMLStreamReader reader) {
    if (event == XMLStreamConstants.START_ELEMENT) {
      depth++;
    }
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).on(event, reader)) {
        open.remove(i);
      }
    }
    if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
  }

  private final class Search {
    private final SimplePath path;
    private final int index;

    /** How many steps the elements that are open have taken. */
    private int taken;

    private @Nullable StringBuilder text;

    Search(SimplePath path, int index) {
      this.path = path;
      this.index = index;
    }

    /** Whether the value was found. */
    boolean on(int event, XMLStreamReader reader) {
      return switch (event) {
        case XMLStreamConstants.START_ELEMENT -> textEnds() || starts(reader);
        case XMLStreamConstants.END_ELEMENT -> ends();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          characters(reader);
          yield false;
        }
        default -> textEnds();
      };
    }

    private boolean starts(XMLStreamReader reader) {
      if (taken != depth - 1
          || taken == path.steps().size()
          || !path.steps().get(taken).matches(reader.getNamespaceURI(), reader.getLocalName())) {
        return false;
      }
      taken = depth;
      if (taken == path.steps().size()) {
        switch (path.last()) {
          case ATTRIBUTE -> {
            return attribute(reader);
          }
          case ELEMENT -> text = new StringBuilder();
          case TEXT -> {}
        }
      }
      return false;
    }

    private boolean attribute(XMLStreamReader reader) {
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        var namespace = reader.getAttributeNamespace(i);
        if (path.attribute().matches(namespace, reader.getAttributeLocalName(i))) {
          return found(reader.getAttributeValue(i));
        }
      }
      return false;
    }

    private void characters(XMLStreamReader reader) {
      var buffer = text;
      if (buffer == null) {
        if (path.last() != Last.TEXT
            || taken != path.steps().size()
            || taken != depth
            || reader.getTextLength() == 0) {
          return;
        }
        buffer = new StringBuilder();
        text = buffer;
      }
      buffer.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    private boolean ends() {
      if (taken != depth) {
        return false;
      }
      taken--;
      var buffer = text;
      return buffer != null && found(buffer.toString());
    }

    private boolean textEnds() {
      var buffer = text;
      return buffer != null && path.last() == Last.TEXT && found(buffer.toString());
    }

    private boolean found(String value) {
      values[index] = Whitespace.collapse(value);
      return true;
    }
  }
}
