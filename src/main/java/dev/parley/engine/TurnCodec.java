package dev.parley.engine;

import dev.parley.engine.Turn.RecordedInput;
import dev.parley.message.Blob;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultCodec;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stored form of a turn. Format 1: input tag and its fields, millis, path, ids given, ids
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
  private static final int BEGUN = 8;
  private static final int COMPLETED = 9;
  private static final int RETURNED = 10;
  private static final int CALL_FAILED = 11;
  private static final int CALL_ESCALATED = 12;
  private static final int CANCELLED = 13;
  private static final int CALL_ENDLESS = 14;
  private static final int CALL_REFUSED = 15;
  private static final int ANSWERED_WITH_BLOCKS = 16;
  private static final int SUSPENDED = 17;
  private static final int RESUMED = 18;

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
    writeIds(out, turn.ids());
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

  /** Any input but a message. */
  static void write(BlobWriter out, Input input) {
    switch (input) {
      case Input.TimerDue(int timer) -> out.number(TIMER_DUE).number(timer);
      case Input.Signalled(int catching, var data) ->
          out.number(SIGNALLED).number(catching).bytes(data.bytes());
      case Input.Begun(int node, var data, var caller) -> {
        InstanceCodec.writeCaller(out.number(BEGUN).number(node), caller);
        InstanceCodec.writeData(out, data);
      }
      case Input.Completed(int token, var data) ->
          InstanceCodec.writeData(out.number(COMPLETED).number(token), data);
      case Input.Cancelled _ -> out.number(CANCELLED);
      case Input.Suspended _ -> out.number(SUSPENDED);
      case Input.Resumed _ -> out.number(RESUMED);
      case Input.Outcome outcome -> write(out, outcome);
      case Input.CallOutcome outcome -> write(out, outcome);
      case Input.Started _, Input.Received _ ->
          throw new IllegalStateException("Messages are kept by reference");
    }
  }

  /** What {@link #outcome(BlobReader)} reads. */
  static void write(BlobWriter out, Input.Outcome outcome) {
    long sent = outcome.sent().value();
    switch (outcome) {
      case Input.Delivered _ -> out.number(DELIVERED).number(sent);
      case Input.Answered(var _, var body, var blocks) -> {
        out.number(blocks.isEmpty() ? ANSWERED : ANSWERED_WITH_BLOCKS);
        out.number(sent).bytes(body.bytes());
        if (!blocks.isEmpty()) {
          bodies(out, blocks);
        }
      }
      case Input.Faulted(var _, var fault) ->
          FaultCodec.write(out.number(FAULTED).number(sent), fault);
      case Input.Undeliverable(var _, boolean timeout, String reason) ->
          out.number(UNDELIVERABLE).number(sent).number(timeout ? 1 : 0).text(reason);
    }
  }

  private static void write(BlobWriter out, Input.CallOutcome outcome) {
    long called = outcome.called().value();
    switch (outcome) {
      case Input.Returned(var _, var data) ->
          InstanceCodec.writeData(out.number(RETURNED).number(called), data);
      case Input.CallFailed(var _, var error) ->
          FaultCodec.write(out.number(CALL_FAILED).number(called), error);
      case Input.CallEndless _ -> out.number(CALL_ENDLESS).number(called);
      case Input.CallRefused(var _, boolean unfit, var reason) ->
          out.number(CALL_REFUSED).number(called).number(unfit ? 1 : 0).text(reason);
      case Input.CallEscalated(var _, var code, var data) ->
          out.number(CALL_ESCALATED).number(called).text(code).bytes(data.bytes());
    }
  }

  private static RecordedInput input(BlobReader in) {
    int tag = in.integer();
    return switch (tag) {
      case STARTED -> new RecordedInput.Started(in.integer(), new MessageId(in.number()));
      case RECEIVED -> new RecordedInput.Received(in.integer(), new MessageId(in.number()));
      case RETURNED, CALL_FAILED, CALL_ESCALATED, CALL_ENDLESS, CALL_REFUSED ->
          new RecordedInput.Other(callOutcome(tag, new InstanceId(in.number()), in));
      case DELIVERED, ANSWERED, ANSWERED_WITH_BLOCKS, FAULTED, UNDELIVERABLE ->
          new RecordedInput.Other(outcome(tag, new MessageId(in.number()), in));
      default -> new RecordedInput.Other(other(tag, in));
    };
  }

  /** What {@link #write(BlobWriter, Input)} wrote. */
  static Input held(BlobReader in) {
    return ((RecordedInput.Other) input(in)).input();
  }

  private static Input other(int tag, BlobReader in) {
    return switch (tag) {
      case TIMER_DUE -> new Input.TimerDue(in.integer());
      case SIGNALLED -> new Input.Signalled(in.integer(), Body.of(in.bytes()));
      case BEGUN -> begun(in);
      case COMPLETED -> new Input.Completed(in.integer(), InstanceCodec.data(in));
      case CANCELLED -> new Input.Cancelled();
      case SUSPENDED -> new Input.Suspended();
      case RESUMED -> new Input.Resumed();
      default -> throw new IllegalStateException("Unknown kind of input in a turn: " + tag);
    };
  }

  static Input.Outcome outcome(BlobReader in) {
    return outcome(in.integer(), new MessageId(in.number()), in);
  }

  private static Input.Outcome outcome(int tag, MessageId sent, BlobReader in) {
    return switch (tag) {
      case DELIVERED -> new Input.Delivered(sent);
      case ANSWERED -> new Input.Answered(sent, Body.of(in.bytes()));
      case ANSWERED_WITH_BLOCKS -> new Input.Answered(sent, Body.of(in.bytes()), bodies(in));
      case FAULTED -> new Input.Faulted(sent, FaultCodec.read(in));
      default -> new Input.Undeliverable(sent, in.number() == 1, in.text());
    };
  }

  private static Input callOutcome(int tag, InstanceId called, BlobReader in) {
    return switch (tag) {
      case RETURNED -> new Input.Returned(called, InstanceCodec.data(in));
      case CALL_FAILED -> new Input.CallFailed(called, (Fault.Declared) FaultCodec.read(in));
      case CALL_ENDLESS -> new Input.CallEndless(called);
      case CALL_REFUSED -> new Input.CallRefused(called, in.number() == 1, in.text());
      default -> new Input.CallEscalated(called, in.text(), Body.of(in.bytes()));
    };
  }

  private static Input begun(BlobReader in) {
    int node = in.integer();
    var caller = InstanceCodec.caller(in);
    return new Input.Begun(node, InstanceCodec.data(in), caller);
  }

  private static void bodies(BlobWriter out, List<Body> bodies) {
    out.number(bodies.size());
    bodies.forEach(body -> out.bytes(body.bytes()));
  }

  private static List<Body> bodies(BlobReader in) {
    return Stream.generate(() -> Body.of(in.bytes())).limit(in.integer()).toList();
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
