package dev.parley.store;

import dev.parley.message.MessageId;

/**
 * What nothing can need again, and its removal: a little at a time, beside the turns. What an act
 * removes is gone for good when it returns.
 */
public interface Leftovers {

  /**
   * Forgets identities whose messages came before this one, and the oldest ones where more than so
   * many are remembered. They go by whole slices: some stay up to two days longer, and at least the
   * newest ones stay however few may.
   */
  void forgetIdentities(MessageId before, long most);
}
