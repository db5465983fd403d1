package dev.parley.simulation;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.News;
import dev.parley.store.ReadSet;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.StoreException;
import dev.parley.store.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who is up, and what each one committed while others were. Safe for many threads. */
final class CommitLog {
  private record Entry(int gateway, News news, WriteSet written, List<Digest> identities) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Set<Integer> up = new TreeSet<>();
  private final Map<MessageId, Long> came = new HashMap<>();
  private final Map<MessageId, Long> taken = new HashMap<>();
  private long commits;

  /** Of whom a batch is that is being written; 0: of nobody in particular. */
  private int writer;

  /** Number of the newest commit. */
  synchronized long newest() {
    return commits;
  }

  synchronized Set<Integer> up() {
    return Set.copyOf(up);
  }

  /** A gateway has opened the store. */
  synchronized void join(int gateway) {
    up.add(gateway);
    add(gateway);
  }

  /** A gateway is found to have ended: nothing more of it is taken. */
  synchronized void leave(int gateway) {
    if (up.remove(gateway)) {
      add(0);
    }
  }

  /** Throws StoreException where a batch of a gateway must not be written. */
  synchronized void check(int gateway, ReadSet reads) {
    if (!up.contains(gateway)) {
      throw StoreException.broken("commit", new IllegalStateException("It was taken for ended"));
    }
    for (var entry : entries) {
      boolean isNews = entry.gateway() != gateway && entry.news().number() > reads.since();
      if (isNews && reads.meets(entry.written())) {
        throw StoreException.lostRace("Commit %d was first".formatted(entry.news().number()));
      }
    }
  }

  /** The next batch is this one's. */
  synchronized void writes(int gateway) {
    writer = gateway;
  }

  synchronized void written(Batch batch) {
    commits++;
    batch.newMessages().forEach(this::written);
    batch.changedMessages().forEach(this::written);
    if (up.size() > 1) {
      var identities = batch.identities().stream().map(IdentityRow::identity).toList();
      var news = News.of(commits, Instant.EPOCH, batch);
      entries.add(new Entry(writer, news, WriteSet.of(batch), identities));
    }
  }

  private void written(MessageRow row) {
    came.putIfAbsent(row.id(), commits);
    if (row.state() == MessageState.CONSUMED) {
      taken.putIfAbsent(row.id(), commits);
    }
  }

  /** Whether a message was there before another one was taken. */
  boolean wasThere(MessageId message, MessageId beforeTaken) {
    return came.getOrDefault(message, 0L) < taken.getOrDefault(beforeTaken, Long.MAX_VALUE);
  }

  /** Of whom the newest batch is. */
  int writer() {
    return writer;
  }

  /** Whether others than this gateway have committed something after a commit. */
  boolean isNews(long number, int gateway) {
    return entries.reversed().stream()
        .takeWhile(e -> e.news().number() > number)
        .anyMatch(e -> e.gateway() != gateway);
  }

  /** What others than this gateway have committed after a commit. */
  synchronized List<News> since(long number, int gateway) {
    return entries.stream()
        .filter(e -> e.gateway() != gateway && e.news().number() > number)
        .map(Entry::news)
        .toList();
  }

  /** Identities that others than this gateway have added after a commit. */
  synchronized Set<Digest> identities(long number, int gateway) {
    return entries.reversed().stream()
        .takeWhile(e -> e.news().number() > number)
        .filter(e -> e.gateway() != gateway)
        .flatMap(e -> e.identities().stream())
        .collect(Collectors.toSet());
  }

  private void add(int gateway) {
    commits++;
    var news = new News(commits, Instant.EPOCH, List.of(), List.of(), false);
    entries.add(new Entry(gateway, news, WriteSet.ofGateways(), List.of()));
  }
}
