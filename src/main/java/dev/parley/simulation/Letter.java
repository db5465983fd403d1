package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a client wants to say once, however often it has to send it. */
final class Letter {
  /** One sending and what the client heard. */
  static final class Posting {
    final Letter letter;
    final SimulatedGateway gateway;
    final MessageId id;
    final boolean otherBody;
    final int postedAt;
    State state = State.OPEN;
    @Nullable Answer answer;
    int heardAt;

    Posting(Letter letter, SimulatedGateway gateway, boolean otherBody, int postedAt) {
      this.letter = letter;
      this.gateway = gateway;
      this.id = gateway.nextId();
      this.otherBody = otherBody;
      this.postedAt = postedAt;
    }
  }

  /** Where a sending stands, for its client. */
  enum State {
    OPEN,
    /** The answer is on its way. */
    TOLD,
    ANSWERED,
    LOST,
    ABANDONED
  }

  final String name;
  final String process;
  final String operation;
  final String element;
  final boolean inOut;
  final SortedMap<String, String> keys;
  final Duration patience;
  final List<Posting> postings = new ArrayList<>();

  Letter(String name, Template template, SortedMap<String, String> keys, Duration patience) {
    this.name = name;
    this.process = template.process();
    this.operation = template.operation();
    this.element = template.element();
    this.inOut = template.inOut();
    this.keys = keys;
    this.patience = patience;
  }

  /** A kind of letter: an operation's input. */
  record Template(String process, String operation, String element, boolean inOut) {}

  Message message(MessageId id, boolean otherBody) {
    return new Message(
        id,
        process,
        Models.operation(process, operation),
        MessageKind.INPUT,
        body(otherBody),
        Headers.simple(name, Map.of()),
        "client");
  }

  private Body body(boolean otherBody) {
    var text = new StringBuilder();
    text.append('<').append(element).append(" xmlns=\"").append(Models.namespace(process));
    text.append("\">");
    keys.forEach((k, v) -> text.append("<%s>%s</%s>".formatted(k, v, k)));
    text.append("<nonce>").append(name).append(otherBody ? "-other" : "").append("</nonce></");
    return Body.of(text.append(element).append('>').toString());
  }
}
