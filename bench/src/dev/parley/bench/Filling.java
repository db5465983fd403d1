package dev.parley.bench;

import dev.parley.Gateway;
import dev.parley.Surroundings;
import dev.parley.bench.Workload.Operation;
import dev.parley.config.Config;
import dev.parley.config.StoreSettings;
import dev.parley.deployment.Bundles;
import dev.parley.finding.RefusedException;
import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Identities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Fills a data folder before its gateway starts: a gateway in this process, whose clock is in the
 * past, is handed messages behind its wire. All but the first of a kind are copies of what that one
 * was when it had come in over HTTP; each is decided and committed as any other is.
 */
final class Filling implements AutoCloseable {
  /** Distinct from each other, and from whatever a load generator sends. */
  static final long FIRST_OPENING = 7_000_000_000_000_000L;

  static final long FIRST_QUEUED = 8_000_000_000_000_000L;
  static final long FIRST_REMEMBERED = 9_000_000_000_000_000L;
  static final long FIRST_QUEUED_KEY = 3_000_000_000_000L;
  static final long FIRST_REMEMBERED_KEY = 4_000_000_000_000L;

  /** Less than identities are remembered by default. */
  static final Duration REMEMBERED_OVER = Duration.ofDays(6);

  private static final int UNDER_WAY = 4096;
  private static final int IDENTITIES_AT_ONCE = 4096;
  private static final int MESSAGES_A_MILLI = 100;
  private static final int REPORTED = 100_000;

  private final Progress progress;
  private final Past past;
  private final Inside inside = new Inside();
  private final Gateway gateway;

  private Filling(Path data, Path bundle, Instant begin, Progress progress)
      throws IOException, RefusedException, StoreUnusable {
    this.progress = progress;
    past = new Past(begin);
    gateway =
        Gateway.start(
            config(data), List.of(Bundles.read(bundle)), new Surroundings(past, _ -> {}, inside));
  }

  /** The first message comes in at that time; whatever follows, later. */
  static Filling begin(Path data, Path bundle, Instant begin, Progress progress) {
    try {
      return new Filling(data, bundle, begin, progress);
    } catch (IOException | RefusedException | StoreUnusable e) {
      throw new BenchException("The store cannot be filled: " + e.getMessage(), e);
    }
  }

  /**
   * Fills a folder.
   *
   * @param at when its instances begin to wait, and its messages to queue
   */
  static void fill(Path data, Path bundle, Stock stock, Instant at, Progress progress) {
    var begin = stock.remembered() > 0 ? at.minus(REMEMBERED_OVER) : at;
    try (var filling = begin(data, bundle, begin, progress)) {
      filling.remembered(stock.remembered());
      filling.past.reach(at);
      filling.waiting(stock.waiting());
      filling.queued(stock.queued());
    }
  }

  /** Instances whose next message is the first one that a {@link Pool} sends them. */
  void waiting(int count) {
    bring(count, new Kind("instances", Operation.OPEN, Pool.FIRST, FIRST_OPENING));
  }

  /** Messages that nobody takes; each is due as long after it came in as the bundle says. */
  void queued(int count) {
    bring(count, new Kind("queued messages", Operation.STRAY, FIRST_QUEUED_KEY, FIRST_QUEUED));
  }

  /**
   * Identities of openings whose instances have ended since and were deleted: they are all that a
   * gateway still has of them when it keeps finished instances for less than a few days.
   */
  void remembered(int count) {
    if (count == 0) {
      return;
    }
    var kind = new Kind("identities", Operation.OPEN, FIRST_REMEMBERED_KEY, FIRST_REMEMBERED);
    // The identity is its own whatever came before: this one's message stays, with its instance.
    var copies = new Copies(inside.sent(gateway.address(), kind, count), kind.key(count));
    var begin = past.instant();
    for (int i = 0; i < count; i += IDENTITIES_AT_ONCE) {
      past.reach(begin.plus(REMEMBERED_OVER.multipliedBy(i).dividedBy(count)));
      int end = Math.min(count, i + IDENTITIES_AT_ONCE);
      var batch = StoreTarget.empty();
      IntStream.range(i, end)
          .parallel()
          .mapToObj(n -> copies.of(inside.door().nextId(), kind.key(n), kind.identity(n)))
          .map(Filling::identity)
          .forEachOrdered(batch.identities()::add);
      inside.store().commit(batch);
      report(kind, i, end, count);
    }
  }

  private static IdentityRow identity(Message message) {
    return IdentityRow.of(Identities.of(message, null).getFirst(), message);
  }

  private void bring(int count, Kind kind) {
    if (count == 0) {
      return;
    }
    var copies = new Copies(inside.sent(gateway.address(), kind, 0), kind.key(0));
    var underWay = new Semaphore(UNDER_WAY);
    var refused = new AtomicReference<Answer>(Answer.ACCEPTED);
    for (int i = 1; i < count && refused.get().equals(Answer.ACCEPTED); i++) {
      if (i % MESSAGES_A_MILLI == 0) {
        past.reach(past.instant().plusMillis(1));
      }
      underWay.acquireUninterruptibly();
      var message = copies.of(inside.door().nextId(), kind.key(i), kind.identity(i));
      var _ =
          inside
              .door()
              .submit(message)
              .thenAccept(
                  answer -> {
                    refused.compareAndSet(Answer.ACCEPTED, answer);
                    underWay.release();
                  });
      report(kind, i, i + 1, count);
    }
    underWay.acquireUninterruptibly(UNDER_WAY);
    if (!refused.get().equals(Answer.ACCEPTED)) {
      throw new BenchException(
          "Expected %s to be accepted, but found %s".formatted(kind.name(), refused.get()));
    }
  }

  private void report(Kind kind, int from, int to, int count) {
    if (from / REPORTED != to / REPORTED) {
      progress.say("%,d of %,d %s are in the store".formatted(to, count, kind.name()));
    }
  }

  static Config config(Path data) {
    var usual = Config.DEFAULT;
    return new Config(
        usual.host(),
        0,
        data,
        StoreSettings.EMBEDDED,
        null,
        usual.maxMessageBytes(),
        usual.validate(),
        usual.replyWithin(),
        List.of(),
        usual.partners());
  }

  /** What is brought in, by numbers from 0 on. */
  record Kind(String name, Operation operation, long firstKey, long firstIdentity) {
    long key(int index) {
      return firstKey + index;
    }

    long identity(int index) {
      return firstIdentity + index;
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
