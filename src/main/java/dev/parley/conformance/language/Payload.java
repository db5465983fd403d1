package dev.parley.conformance.language;

import java.util.List;
import java.util.function.UnaryOperator;

/** What travels over REST without an envelope. */
public sealed interface Payload {
  String mediaType();

  /** As it is written on the wire. */
  String entity();

  /** What may hold placeholders. */
  List<String> texts();

  /** A copy with other texts. */
  Payload map(UnaryOperator<String> texts);

  /** JSON; compared as JSON. */
  record OfJson(Json json) implements Payload {
    @Override
    public String mediaType() {
      return "application/json";
    }

    @Override
    public String entity() {
      return json.text();
    }

    @Override
    public List<String> texts() {
      return json.texts();
    }

    @Override
    public Payload map(UnaryOperator<String> texts) {
      return new OfJson(json.map(texts));
    }
  }

  /** XML; compared as XML. */
  record OfXml(Xml xml) implements Payload {
    @Override
    public String mediaType() {
      return "application/xml";
    }

    @Override
    public String entity() {
      return xml.text();
    }

    @Override
    public List<String> texts() {
      return xml.texts();
    }

    @Override
    public Payload map(UnaryOperator<String> texts) {
      return new OfXml(xml.map(texts));
    }
  }

  /** Text as it is. */
  record OfText(String text) implements Payload {
    @Override
    public String mediaType() {
      return "text/plain";
    }

    @Override
    public String entity() {
      return text;
    }

    @Override
    public List<String> texts() {
      return List.of(text);
    }

    @Override
    public Payload map(UnaryOperator<String> texts) {
      return new OfText(texts.apply(text));
    }
  }
}
