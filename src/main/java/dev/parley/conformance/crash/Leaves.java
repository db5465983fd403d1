package dev.parley.conformance.crash;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** The text of an envelope's elements that have no children, in document order, by local name. */
record Leaves(List<Leaf> leaves) {
  private static final XMLInputFactory FACTORY = XMLInputFactory.newInstance();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
  }

  Leaves {
    leaves = List.copyOf(leaves);
  }

  record Leaf(String name, String text) {}

  static Leaves read(InputStream in) throws XMLStreamException {
    var leaves = new ArrayList<Leaf>();
    var reader = FACTORY.createXMLStreamReader(in);
    try {
      var text = new StringBuilder();
      boolean open = false;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            open = true;
            text.setLength(0);
          }
          case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
          case XMLStreamConstants.END_ELEMENT -> {
            if (open) {
              leaves.add(new Leaf(reader.getLocalName(), text.toString()));
            }
            open = false;
          }
          default -> {}
        }
      }
    } finally {
      reader.close();
    }
    return new Leaves(leaves);
  }

  List<String> all(String name) {
    return leaves.stream().filter(l -> l.name().equals(name)).map(Leaf::text).toList();
  }

  /** The first one; empty where there is none. */
  String first(String name) {
    var all = all(name);
    return all.isEmpty() ? "" : all.getFirst();
  }
}
