package dev.parley.store;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Answers and headers as bytes; {@link Parts} is the form. */
final class Codec {
  private static final int HEADERS = 1;
  private static final int LONG = 7;
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

  /** Null when there is nothing to keep; most messages take the short form. */
  static byte @Nullable [] encode(Headers headers, MediaType type) {
    if (headers.equals(Headers.NONE) && type == MediaType.XML) {
      return null;
    }
    return isShort(headers, type)
        ? new Parts.Writer(HEADERS).text(headers.messageId()).text(headers.idempotencyKey()).bytes()
        : encodeLong(headers, type);
  }

  private static boolean isShort(Headers headers, MediaType type) {
    var rest =
        new Headers(
            headers.messageId(),
            null,
            null,
            null,
            null,
            headers.idempotencyKey(),
            Map.of(),
            null,
            List.of());
    return type == MediaType.XML && rest.equals(headers);
  }

  private static byte[] encodeLong(Headers headers, MediaType type) {
    var writer =
        new Parts.Writer(LONG)
            .text(type.wireName())
            .text(headers.messageId())
            .text(headers.relatesTo())
            .text(headers.idempotencyKey());
    reference(writer, headers.to());
    reference(writer, headers.replyTo());
    reference(writer, headers.faultTo());
    var via = headers.via();
    writer.text(via == null ? null : via.port());
    writer.text(via != null && via.submission() ? "submission" : null);
    bodies(writer, headers.blocks());
    headers.sortedKeys().forEach((name, value) -> writer.text(name).text(value));
    return writer.bytes();
  }

  private static void reference(Parts.Writer writer, @Nullable EndpointReference reference) {
    writer.text(reference == null ? null : reference.address());
    if (reference != null) {
      bodies(writer, reference.parameters());
    }
  }

  private static void bodies(Parts.Writer writer, List<Body> bodies) {
    writer.text(Integer.toString(bodies.size()));
    bodies.forEach(body -> writer.bytes(body.bytes()));
  }

  static About about(byte @Nullable [] bytes) {
    if (bytes == null) {
      return About.NOTHING;
    }
    var parts = new Parts(bytes);
    return switch (parts.tag()) {
      case HEADERS -> new About(shortHeaders(parts), MediaType.XML);
      case LONG -> {
        var type = MediaType.ofWireName(parts.nextText()).orElseThrow(parts::unexpected);
        yield new About(longHeaders(parts), type);
      }
      default -> throw parts.unexpected();
    };
  }

  private static Headers shortHeaders(Parts parts) {
    return new Headers(
        parts.next(), null, null, null, null, parts.next(), Map.of(), null, List.of());
  }

  private static Headers longHeaders(Parts parts) {
    var messageId = parts.next();
    var relatesTo = parts.next();
    var idempotencyKey = parts.next();
    var to = reference(parts);
    var replyTo = reference(parts);
    var faultTo = reference(parts);
    var port = parts.next();
    boolean submission = parts.next() != null;
    var blocks = bodies(parts);
    var keys = new HashMap<String, String>();
    while (!parts.atEnd()) {
      keys.put(parts.nextText(), parts.nextText());
    }
    var via = port == null ? null : new Headers.Via(port, submission);
    return new Headers(
        messageId, relatesTo, to, replyTo, faultTo, idempotencyKey, keys, via, blocks);
  }

  private static @Nullable EndpointReference reference(Parts parts) {
    var address = parts.next();
    return address == null ? null : new EndpointReference(address, bodies(parts));
  }

  private static List<Body> bodies(Parts parts) {
    int count = Integer.parseInt(parts.nextText());
    return Stream.generate(() -> Body.of(parts.nextBytes())).limit(count).toList();
  }

  static byte[] encode(Answer answer) {
    return switch (answer) {
      case Answer.Accepted() -> new Parts.Writer(ACCEPTED).bytes();
      case Answer.Reply(Body body, var blocks) -> {
        var writer = new Parts.Writer(REPLY).bytes(body.bytes());
        blocks.forEach(block -> writer.bytes(block.bytes()));
        yield writer.bytes();
      }
      case Answer.Faulted(Fault fault) -> encode(fault);
    };
  }

  static Answer answer(byte[] bytes) {
    var parts = new Parts(bytes);
    return switch (parts.tag()) {
      case ACCEPTED -> Answer.ACCEPTED;
      case REPLY -> {
        var body = Body.of(parts.nextBytes());
        var blocks = new ArrayList<Body>();
        while (!parts.atEnd()) {
          blocks.add(Body.of(parts.nextBytes()));
        }
        yield new Answer.Reply(body, blocks);
      }
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
