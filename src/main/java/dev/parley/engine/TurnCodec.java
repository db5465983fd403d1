package dev.parley.engine;

import dev.parley.engine.Turn.RecordedInput;
import dev.parley.message.Blob;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;

/**
 * The stored form of a turn. Format 1: input tag and its fields, millis, path, ids sent, ids
 * answered; lists have their length before them.
 */
public final class TurnCodec {
  private static final int FORMAT = 1;
  private static final int STARTED = 0;
  private static final int RECEIVED = 1;
  private static final int TIMER_DUE = 2;
  private static final int DELIVERED = 3;
  private static final int ANSWERED = 4;
  private static final int FAULTED = 5;
  private static final int UNDELIVERABLE = 6;
  private static final int SIGNALLED = 7;
  private static final int DECLARED = 0;
  private static final int GATEWAY = 1;
  private static final int UNDECLARED = 2;

  private TurnCodec() {}

  public static Blob encode(Turn turn) {
    var out = new BlobWriter().number(FORMAT);
    switch (turn.input()) {
      case RecordedInput.Started(int node, var message) ->
          out.number(STARTED).number(node).number(message.value());
      case RecordedInput.Received(int token, var message) ->
          out.number(RECEIVED).number(token).number(message.value());
      case RecordedInput.Other(var input) -> write(out, input);
    }
    out.number(turn.now().toEpochMilli());
    out.number(turn.path().size());
    turn.path().forEach(out::number);
    writeIds(out, turn.sent());
    writeIds(out, turn.answered());
    return out.toBlob();
  }

  /** Throws IllegalStateException for a format of a newer release. */
  public static Turn decode(Blob blob) {
    var in = new BlobReader(blob);
    int format = in.integer();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "Expected a turn of format %d, found %d: a newer release wrote it"
              .formatted(FORMAT, format));
    }
    var input = input(in);
    var now = Instant.ofEpochMilli(in.number());
    int size = in.integer();
    var path = new ArrayList<Integer>(size);
    for (int i = 0; i < size; i++) {
      path.add(in.integer());
    }
    return new Turn(input, now, path, ids(in), ids(in));
  }

  private static void write(BlobWriter out, Input input) {
    switch (input) {
      case Input.TimerDue(int timer) -> out.number(TIMER_DUE).number(timer);
      case Input.Delivered(var sent) -> out.number(DELIVERED).number(sent.value());
      case Input.Answered(var sent, var body) ->
          out.number(ANSWERED).number(sent.value()).bytes(body.bytes());
      case Input.Faulted(var sent, var fault) -> {
        out.number(FAULTED).number(sent.value());
        write(out, fault);
      }
      case Input.Undeliverable(var sent, boolean timeout, String reason) ->
          out.number(UNDELIVERABLE).number(sent.value()).number(timeout ? 1 : 0).text(reason);
      case Input.Signalled(int catching, var data) ->
          out.number(SIGNALLED).number(catching).bytes(data.bytes());
      case Input.Started _, Input.Received _ ->
          throw new IllegalStateException("Messages are kept by reference");
    }
  }

  private static RecordedInput input(BlobReader in) {
    int tag = in.integer();
    return switch (tag) {
      case STARTED -> new RecordedInput.Started(in.integer(), new MessageId(in.number()));
      case RECEIVED -> new RecordedInput.Received(in.integer(), new MessageId(in.number()));
      case TIMER_DUE -> new RecordedInput.Other(new Input.TimerDue(in.integer()));
      case DELIVERED -> new RecordedInput.Other(new Input.Delivered(new MessageId(in.number())));
      case ANSWERED ->
          new RecordedInput.Other(
              new Input.Answered(new MessageId(in.number()), Body.of(in.bytes())));
      case FAULTED ->
          new RecordedInput.Other(new Input.Faulted(new MessageId(in.number()), fault(in)));
      case UNDELIVERABLE ->
          new RecordedInput.Other(
              new Input.Undeliverable(new MessageId(in.number()), in.number() == 1, in.text()));
      case SIGNALLED ->
          new RecordedInput.Other(new Input.Signalled(in.integer(), Body.of(in.bytes())));
      default -> throw new IllegalStateException("Unknown kind of input in a turn: " + tag);
    };
  }

  private static void write(BlobWriter out, Fault fault) {
    switch (fault) {
      case Fault.Declared(var name, var detail, var reason) ->
          out.number(DECLARED).text(name.toString()).bytes(detail.bytes()).text(reason);
      case Fault.Gateway(var kind, var reason, var remedy) ->
          out.number(GATEWAY).text(kind.wireName()).text(reason).text(remedy);
      case Fault.Undeclared(var code, var reason, var detail) ->
          out.number(UNDECLARED).text(code.toString()).text(reason).bytes(detail.bytes());
    }
  }

  private static Fault fault(BlobReader in) {
    int tag = in.integer();
    return switch (tag) {
      case DECLARED -> new Fault.Declared(QName.valueOf(in.text()), Body.of(in.bytes()), in.text());
      case GATEWAY -> new Fault.Gateway(FaultKind.ofWireName(in.text()), in.text(), in.text());
      case UNDECLARED ->
          new Fault.Undeclared(QName.valueOf(in.text()), in.text(), Body.of(in.bytes()));
      default -> throw new IllegalStateException("Unknown kind of fault in a turn: " + tag);
    };
  }

  private static void writeIds(BlobWriter out, List<MessageId> ids) {
    out.number(ids.size());
    ids.forEach(id -> out.number(id.value()));
  }

  private static List<MessageId> ids(BlobReader in) {
    int size = in.integer();
    var ids = new ArrayList<MessageId>(size);
    for (int i = 0; i < size; i++) {
      ids.add(new MessageId(in.number()));
    }
    return ids;
  }
}
