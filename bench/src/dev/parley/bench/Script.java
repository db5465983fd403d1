package dev.parley.bench;

import dev.parley.bench.Workload.Operation;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a connection sends, one message after another; used by one thread at a time. */
interface Script {

  /** The next message, or empty when there is no more to say. */
  Optional<ByteBuffer> next();

  /** The message sent last. */
  Request last();

  /** Every message under a new key. */
  static Script fresh(Operation operation, String authority, AtomicLong keys, AtomicLong ids) {
    var request = new Request(operation, authority);
    return new Script() {
      @Override
      public Optional<ByteBuffer> next() {
        return Optional.of(request.with(keys.incrementAndGet(), ids.incrementAndGet()));
      }

      @Override
      public Request last() {
        return request;
      }
    };
  }

  /** So many messages that nobody takes, each of a conversation of its own. */
  static Script stray(String authority, AtomicInteger left, AtomicLong keys, AtomicLong ids) {
    var request = new Request(Operation.STRAY, authority);
    return new Script() {
      @Override
      public Optional<ByteBuffer> next() {
        return left.getAndDecrement() > 0
            ? Optional.of(request.with(keys.incrementAndGet(), ids.incrementAndGet()))
            : Optional.empty();
      }

      @Override
      public Request last() {
        return request;
      }
    };
  }

  /** Each message is the one that some waiting instance of the connection's own waits for. */
  static Script correlated(
      String authority, Pool pool, int connection, int connections, AtomicLong ids) {
    var ping = new Request(Operation.PING, authority);
    var pong = new Request(Operation.PONG, authority);
    return new Script() {
      private Request last = ping;

      @Override
      public Optional<ByteBuffer> next() {
        int index = pool.pick(connection, connections);
        last = pool.next(index) == Operation.PING ? ping : pong;
        return Optional.of(last.with(Pool.key(index), ids.incrementAndGet()));
      }

      @Override
      public Request last() {
        return last;
      }
    };
  }
}
