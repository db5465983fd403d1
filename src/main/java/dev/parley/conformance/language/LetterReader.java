package dev.parley.conformance.language;

import dev.parley.conformance.language.Addressing.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes messages of elements that fit the schema. */
final class LetterReader {
  private LetterReader() {}

  static Step.Send send(Tag tag) {
    var letter = tag.find("message").isPresent() ? simple(tag) : soap(tag);
    return new Step.Send(tag.at(), tag.find("id").orElse(letter.name()), letter);
  }

  private static Letter soap(Tag tag) {
    return new Letter.Soap(
        tag.find("process"),
        tag.get("operation"),
        tag.find("soap"),
        tag.find("to"),
        addressing(tag),
        blocks(tag),
        headers(tag),
        tag.tag("text").map(Tag::text),
        tag.body());
  }

  private static Addressing addressing(Tag tag) {
    var version = tag.find("addressing").map(AddressingVersion::of).orElse(AddressingVersion.CORE);
    return new Addressing(
        version,
        tag.find("messageId"),
        tag.find("relatesTo"),
        reference(tag, "replyTo", version),
        reference(tag, "faultTo", version));
  }

  /** As an attribute, or as an element with reference parameters. */
  private static Optional<Reference> reference(Tag tag, String name, AddressingVersion version) {
    return tag.find(name)
        .map(address -> new Reference(version.address(address), List.of()))
        .or(
            () ->
                tag.tag(name)
                    .map(t -> new Reference(version.address(t.get("address")), t.bodies())));
  }

  static List<Head.Block> blocks(Tag tag) {
    return tag.tags().stream()
        .filter(t -> t.name().equals("block"))
        .map(t -> new Head.Block(t.body().orElseThrow(), t.is("parameter"), t.is("mustUnderstand")))
        .toList();
  }

  private static Letter simple(Tag tag) {
    return new Letter.Simple(
        tag.find("process"), tag.get("message"), pairs(tag, "key"), headers(tag), payload(tag));
  }

  private static Map<String, String> headers(Tag tag) {
    var headers = pairs(tag, "header");
    tag.find("idempotencyKey").ifPresent(key -> headers.put("Idempotency-Key", key));
    tag.find("contentType").ifPresent(type -> headers.put("Content-Type", type));
    return headers;
  }

  private static Map<String, String> pairs(Tag tag, String element) {
    var pairs = new LinkedHashMap<String, String>();
    tag.tags().stream()
        .filter(t -> t.name().equals(element))
        .forEach(t -> pairs.put(t.get("name"), t.get("value")));
    return pairs;
  }

  static Optional<Payload> payload(Tag tag) {
    return tag.tag("json")
        .flatMap(t -> Json.parse(t.text()))
        .<Payload>map(Payload.OfJson::new)
        .or(() -> tag.tag("text").map(t -> new Payload.OfText(t.text())))
        .or(() -> tag.body().map(Payload.OfXml::new));
  }

  static Map<String, Payload> given(Tag tag) {
    var data = new LinkedHashMap<String, Payload>();
    for (var datum : tag.tags()) {
      data.put(
          datum.get("name"),
          payload(datum).orElseGet(() -> new Payload.OfText(datum.text().strip())));
    }
    return data;
  }
}
