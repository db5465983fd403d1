package dev.parley.turn;

import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.MessageRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a message goes, or went, where it does.
 *
 * @param stored its row; empty for one that was not sent
 * @param repeats the message that it would be taken for, by one of its identities
 * @param failure why its keys cannot be found; empty where they can
 * @param verdict what would become of it now; empty where that is settled, or cannot be decided
 * @param taken who took it; empty where nobody did
 */
public record Explanation(
    Message message,
    Optional<MessageRow> stored,
    Optional<DeadLetterRow> deadLetter,
    List<Identity> identities,
    Optional<Repetition> repeats,
    List<Version> versions,
    String failure,
    Optional<Judgement> verdict,
    Optional<Taken> taken) {
  public Explanation {
    identities = List.copyOf(identities);
    versions = List.copyOf(versions);
  }

  /** What makes it known again, and the message that bore it before; empty: none. */
  public record Identity(String kind, String value, Optional<MessageId> bearer) {}

  /** The message that is repeated, and the fault that its repetition is told; empty: none. */
  public record Repetition(MessageId message, Optional<Fault> fault) {}

  /** What a version of its process finds in it. */
  public record Version(int number, boolean receives, List<Key> keys) {
    public Version {
      keys = List.copyOf(keys);
    }
  }

  /** A correlation key; values: empty where the message does not give it. */
  public record Key(String name, List<String> values, List<Property> properties) {
    public Key {
      values = List.copyOf(values);
      properties = List.copyOf(properties);
    }
  }

  /**
   * A property of a key.
   *
   * @param path its retrieval expression; empty where the model has none for the message
   * @param value null where the path selects nothing
   * @param failure why the path could not be evaluated; empty where it could
   * @param given what the sender names itself; null where it does not
   */
  public record Property(
      String name, String path, @Nullable String value, String failure, @Nullable String given) {}

  /**
   * The decision and what it was made of.
   *
   * @param keys as text, by all versions
   * @param start the element at which it could start an instance; empty: none
   * @param waiting how many messages wait for the same conversation already
   * @param settings those that applied
   */
  public record Judgement(
      List<String> keys,
      List<Receive> enabled,
      List<Candidate> candidates,
      Optional<String> start,
      int waiting,
      Reason reason,
      List<Setting> settings,
      Outcome outcome) {
    public Judgement {
      keys = List.copyOf(keys);
      enabled = List.copyOf(enabled);
      candidates = List.copyOf(candidates);
      settings = List.copyOf(settings);
    }
  }

  /** The rule that decided: a name for programs, a text for human beings. */
  public record Reason(String name, String text) {}

  /** An enabled receive that it belongs to. */
  public record Receive(InstanceId instance, String element, String name) {}

  /**
   * An instance that holds one of its keys, or was the last one to.
   *
   * @param belongs whether all keys that both have are equal
   * @param canReceive whether a receive for it can still come
   * @param keys that the instance holds
   * @param waitsAt ids of the elements where its tokens are
   */
  public record Candidate(
      InstanceId instance,
      int version,
      boolean live,
      boolean belongs,
      boolean canReceive,
      List<String> keys,
      List<String> waitsAt) {
    public Candidate {
      keys = List.copyOf(keys);
      waitsAt = List.copyOf(waitsAt);
    }
  }

  /** A setting; from: the id of the element that says it, empty where the gateway does. */
  public record Setting(String name, String value, String from) {}

  /**
   * What it comes to.
   *
   * @param state consumed, started, queued, discarded, refused
   * @param element where an instance takes it
   * @param fault that its sender is told
   */
  public record Outcome(
      String state,
      Optional<InstanceId> instance,
      Optional<String> element,
      Optional<Instant> expires,
      Optional<Fault> fault) {}

  /** The turn in which an instance took it, and the elements that it went through then. */
  public record Taken(InstanceId instance, String status, Instant at, List<String> path) {
    public Taken {
      path = List.copyOf(path);
    }
  }
}
