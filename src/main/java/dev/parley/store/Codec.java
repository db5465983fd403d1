package dev.parley.store;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.MediaType;
import java.util.HashMap;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Answers and headers as bytes; {@link Parts} is the form. */
final class Codec {
  private static final int HEADERS = 1;
  private static final int SIMPLE = 7;
  private static final int ACCEPTED = 2;
  private static final int REPLY = 3;
  private static final int DECLARED = 4;
  private static final int GATEWAY = 5;
  private static final int UNDECLARED = 6;

  private Codec() {}

  /** What is told of a body beside it: its headers, and what it is written in. */
  record About(Headers headers, MediaType type) {
    static final About NOTHING = new About(Headers.NONE, MediaType.XML);
  }

  /** Null when there is nothing to keep; names of keys and what is no XML take the longer form. */
  static byte @Nullable [] encode(Headers headers, MediaType type) {
    if (headers.equals(Headers.NONE) && type == MediaType.XML) {
      return null;
    }
    boolean simple = type != MediaType.XML || !headers.keys().isEmpty();
    var writer =
        new Parts.Writer(simple ? SIMPLE : HEADERS)
            .text(headers.messageId())
            .text(headers.relatesTo())
            .text(headers.replyTo())
            .text(headers.faultTo())
            .text(headers.idempotencyKey());
    if (simple) {
      writer.text(type.wireName());
      headers.sortedKeys().forEach((name, value) -> writer.text(name).text(value));
    }
    return writer.bytes();
  }

  static About about(byte @Nullable [] bytes) {
    if (bytes == null) {
      return About.NOTHING;
    }
    var parts = new Parts(bytes);
    if (parts.tag() != HEADERS && parts.tag() != SIMPLE) {
      throw parts.unexpected();
    }
    var headers = new Headers(parts.next(), parts.next(), parts.next(), parts.next(), parts.next());
    return parts.tag() == HEADERS ? new About(headers, MediaType.XML) : simple(headers, parts);
  }

  private static About simple(Headers headers, Parts parts) {
    var type = MediaType.ofWireName(parts.nextText()).orElseThrow(parts::unexpected);
    var keys = new HashMap<String, String>();
    while (!parts.atEnd()) {
      keys.put(parts.nextText(), parts.nextText());
    }
    return new About(
        new Headers(
            headers.messageId(),
            headers.relatesTo(),
            headers.replyTo(),
            headers.faultTo(),
            headers.idempotencyKey(),
            keys),
        type);
  }

  static byte[] encode(Answer answer) {
    return switch (answer) {
      case Answer.Accepted() -> new Parts.Writer(ACCEPTED).bytes();
      case Answer.Reply(Body body) -> new Parts.Writer(REPLY).bytes(body.bytes()).bytes();
      case Answer.Faulted(Fault fault) -> encode(fault);
    };
  }

  static Answer answer(byte[] bytes) {
    var parts = new Parts(bytes);
    return switch (parts.tag()) {
      case ACCEPTED -> Answer.ACCEPTED;
      case REPLY -> new Answer.Reply(Body.of(parts.nextBytes()));
      case DECLARED -> {
        var name = name(parts);
        var reason = parts.nextText();
        yield new Answer.Faulted(new Fault.Declared(name, Body.of(parts.nextBytes()), reason));
      }
      case GATEWAY -> {
        var kind = FaultKind.ofWireName(parts.nextText());
        yield Answer.refused(kind, parts.nextText(), parts.nextText());
      }
      case UNDECLARED -> {
        var code = name(parts);
        var reason = parts.nextText();
        yield new Answer.Faulted(new Fault.Undeclared(code, reason, Body.of(parts.nextBytes())));
      }
      default -> throw parts.unexpected();
    };
  }

  private static byte[] encode(Fault fault) {
    return switch (fault) {
      case Fault.Declared(QName name, Body detail, String reason) ->
          named(DECLARED, name, reason, detail);
      case Fault.Gateway(FaultKind kind, String reason, String remedy) ->
          new Parts.Writer(GATEWAY).text(kind.wireName()).text(reason).text(remedy).bytes();
      case Fault.Undeclared(QName code, String reason, Body detail) ->
          named(UNDECLARED, code, reason, detail);
    };
  }

  private static byte[] named(int tag, QName name, String reason, Body detail) {
    return new Parts.Writer(tag)
        .text(name.getNamespaceURI())
        .text(name.getLocalPart())
        .text(name.getPrefix())
        .text(reason)
        .bytes(detail.bytes())
        .bytes();
  }

  private static QName name(Parts parts) {
    return new QName(parts.nextText(), parts.nextText(), parts.nextText());
  }
}
