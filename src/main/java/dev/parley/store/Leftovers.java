package dev.parley.store;

import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What nothing can need again, and its removal: a little at a time, beside the turns. What an act
 * removes is gone for good when it returns. It looks first, and removes then only what is still as
 * it was. Messages and outbound messages that have a dead letter stay.
 */
public interface Leftovers {

  /**
   * An instance with what goes with it: its turns, by the numbers of their rows, and the messages
   * they took.
   */
  record Ended(InstanceId instance, List<Long> turns, List<MessageId> messages) {
    public Ended {
      turns = List.copyOf(turns);
      messages = List.copyOf(messages);
    }
  }

  /**
   * Forgets identities whose messages came before this one, and the oldest ones where more than so
   * many are remembered. They go by whole slices: some stay up to two days longer, and those of the
   * newest slice stay however few may.
   */
  void forgetIdentities(MessageId before, long most);

  /** Forgets answers given before an instant, the oldest first; how many. */
  int forgetAnswers(Instant before, int limit);

  /** From when on answers can be kept within these bounds; empty where all can. */
  Optional<Instant> answersWithin(long most, long mostBytes);

  /**
   * Deletes messages that no instance took and that nobody waits for, of a piece of the table.
   *
   * @return the last message looked at, after which to go on; empty: there are no more
   */
  Optional<MessageId> deleteUntaken(MessageId after, MessageId before, int limit);

  /** Instances that had their last turn before an instant, in the order in which they began. */
  List<InstanceId> ended(Instant before, InstanceId after, int limit);

  /**
   * Deletes instances that do not run, with their data, turns, messages, incidents and the keys
   * that they were the last to hold.
   */
  void delete(List<Ended> instances);

  /**
   * Deletes outbound messages that are settled and whose instance is not there, of a piece of the
   * table.
   *
   * @return the last message looked at, after which to go on; empty: there are no more
   */
  Optional<MessageId> deleteSettled(MessageId after, MessageId before, int limit);
}
